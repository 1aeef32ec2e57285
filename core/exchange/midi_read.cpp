#include <exchange/midi.h>

#include <algorithm>
#include <map>
#include <optional>
#include <vector>

#include <base/file.h>

#include "midi_format.h"

namespace cantilena::exchange {

namespace {

Error bad(const std::string& why)
{
    return Error{"This is not a MIDI file that can be read: " + why + "."};
}

std::size_t soundingIndex(int channel, int key)
{
    return static_cast<std::size_t>(channel) * 128 + static_cast<std::size_t>(key);
}

/// A cursor that never leaves its bytes.
class Bytes {
public:
    explicit Bytes(std::string_view data) : m_data(data) {}

    std::size_t left() const { return m_data.size() - m_at; }
    bool atEnd() const { return left() == 0; }
    std::optional<std::uint8_t> byte()
    {
        if (atEnd())
            return std::nullopt;
        return static_cast<std::uint8_t>(m_data[m_at++]);
    }
    void back() { --m_at; }
    std::optional<std::uint32_t> number(int bytes)
    {
        if (left() < static_cast<std::size_t>(bytes))
            return std::nullopt;
        std::uint32_t value = 0;
        for (int i = 0; i < bytes; ++i)
            value = value << 8 | static_cast<std::uint8_t>(m_data[m_at++]);
        return value;
    }
    /// A variable-length quantity: at most four bytes.
    std::optional<std::uint32_t> variable()
    {
        std::uint32_t value = 0;
        for (int i = 0; i < 4; ++i) {
            const auto next = byte();
            if (!next)
                return std::nullopt;
            value = value << 7 | (*next & 0x7FU);
            if (!(*next & 0x80U))
                return value;
        }
        return std::nullopt;
    }
    std::optional<std::string_view> take(std::size_t count)
    {
        if (left() < count)
            return std::nullopt;
        const std::string_view part = m_data.substr(m_at, count);
        m_at += count;
        return part;
    }

private:
    std::string_view m_data;
    std::size_t m_at = 0;
};

/// Length of a well-formed UTF-8 sequence at the start of `text` (Unicode 15, table 3-7), or 0.
std::size_t sequenceLength(std::string_view text)
{
    const auto at = [&](std::size_t i) { return i < text.size() ? static_cast<std::uint8_t>(text[i]) : 0U; };
    const auto tail = [&](std::size_t i, unsigned low = 0x80, unsigned high = 0xBF) {
        return i < text.size() && at(i) >= low && at(i) <= high;
    };
    const unsigned first = at(0);
    if (first < 0x80)
        return 1;
    if (first >= 0xC2 && first <= 0xDF)
        return tail(1) ? 2 : 0;
    if (first >= 0xE0 && first <= 0xEF)
        return tail(1, first == 0xE0 ? 0xA0 : 0x80, first == 0xED ? 0x9F : 0xBF) && tail(2) ? 3 : 0;
    if (first >= 0xF0 && first <= 0xF4)
        return tail(1, first == 0xF0 ? 0x90 : 0x80, first == 0xF4 ? 0x8F : 0xBF) && tail(2) && tail(3) ? 4
                                                                                                       : 0;
    return 0;
}

/// The text as UTF-8: what is no UTF-8 is taken as Latin-1, which old files use; zero bytes are dropped; long
/// texts are cut between characters.
std::string textOf(std::string_view raw)
{
    bool valid = true;
    for (std::size_t i = 0; i < raw.size() && valid;) {
        const std::size_t length = sequenceLength(raw.substr(i));
        valid = length > 0;
        i += length;
    }
    std::string text;
    for (std::size_t i = 0; i < raw.size();) {
        const std::size_t length = valid ? sequenceLength(raw.substr(i)) : 1;
        std::string piece(raw.substr(i, length));
        const auto byte = static_cast<std::uint8_t>(raw[i]);
        if (!valid && byte >= 0x80)
            piece = {static_cast<char>(0xC0 | byte >> 6), static_cast<char>(0x80 | (byte & 0x3F))};
        if (text.size() + piece.size() > kMaxText)
            break;
        if (byte != 0)
            text += piece;
        i += length;
    }
    return text;
}

/// Notes of one channel and key that have begun: the first to begin is the first to end.
struct Sounding {
    std::vector<std::size_t> notes; ///< indices in the track's notes
    std::size_t ended = 0;
};

/// Reads one track chunk after the other into a file.
class Reader {
public:
    Reader(std::uint16_t division, std::uint16_t format) : m_division(division), m_format(format) {}

    Result<void> track(std::string_view chunk, bool first);
    MidiFile finish();

private:
    music::Tick tick(std::int64_t own) const
    {
        return {(own * music::kTicksPerQuarter + m_division / 2) / m_division};
    }
    void meta(std::uint8_t type, std::string_view content, music::Tick at, MidiTrack& track);
    void noteOn(MidiTrack& track, music::Tick at, int channel, int key, int velocity);
    void noteOff(MidiTrack& track, music::Tick at, int channel, int key);

    std::uint16_t m_division;
    std::uint16_t m_format;
    std::size_t m_events = 0;
    MidiFile m_file;
    std::vector<Sounding> m_sounding = std::vector<Sounding>(16 * 128); ///< by channel and key
    bool m_hasProgram = false;
    bool m_hasChannel = false;
};

void Reader::meta(std::uint8_t type, std::string_view content, music::Tick at, MidiTrack& track)
{
    const auto byte = [&](std::size_t i) { return static_cast<std::uint8_t>(content[i]); };
    switch (type) {
    case kMetaText:
        track.texts.push_back({at, textOf(content)});
        break;
    case kMetaTrackName:
        if (track.name.empty())
            track.name = textOf(content);
        break;
    case kMetaLyric:
        track.lyrics.push_back({at, textOf(content)});
        break;
    case kMetaMarker:
        m_file.markers.push_back({at, textOf(content)});
        break;
    case kMetaTempo:
        if (content.size() == 3) {
            const int micros = byte(0) << 16 | byte(1) << 8 | byte(2);
            // Quicker than 1,000 or slower than 4 beats a minute is noise.
            if (micros >= 60'000 && micros <= 15'000'000)
                m_file.tempi.push_back({at, {60e6 / micros}});
        }
        break;
    case kMetaMeter:
        if (content.size() == 4 && byte(0) >= 1 && byte(0) <= 64 && byte(1) <= 5)
            m_file.meters.push_back({at, {byte(0), 1 << byte(1)}});
        break;
    case kMetaKey:
        if (content.size() == 2) {
            const int sharps = byte(0) < 128 ? byte(0) : byte(0) - 256;
            if (sharps >= -7 && sharps <= 7 && byte(1) <= 1) {
                music::Key key;
                key.mode = byte(1) ? music::Mode::Minor : music::Mode::Major;
                key.tonic = ((sharps * 7 + (byte(1) ? 9 : 0)) % 12 + 12) % 12;
                m_file.keys.push_back({at, key});
            }
        }
        break;
    default:
        break;
    }
}

void Reader::noteOn(MidiTrack& track, music::Tick at, int channel, int key, int velocity)
{
    if (!m_hasChannel) {
        track.channel = channel;
        m_hasChannel = true;
    }
    m_sounding[soundingIndex(channel, key)].notes.push_back(track.notes.size());
    track.notes.push_back({at, {-1}, key, velocity, channel});
}

void Reader::noteOff(MidiTrack& track, music::Tick at, int channel, int key)
{
    Sounding& sounding = m_sounding[soundingIndex(channel, key)];
    if (sounding.ended == sounding.notes.size())
        return;
    MidiNote& note = track.notes[sounding.notes[sounding.ended++]];
    note.duration = at - note.onset;
}

Result<void> Reader::track(std::string_view chunk, bool first)
{
    Bytes bytes(chunk);
    MidiTrack track;
    m_hasProgram = m_hasChannel = false;
    for (Sounding& sounding : m_sounding) {
        sounding.notes.clear();
        sounding.ended = 0;
    }
    std::int64_t own = 0;
    std::uint8_t running = 0;
    while (!bytes.atEnd()) {
        const auto delta = bytes.variable();
        if (!delta)
            return bad("a time in it is damaged");
        own += *delta;
        const music::Tick at = tick(own);
        if (at.value > kMaxTick)
            return bad("it is longer than a day");
        if (++m_events > kMaxEvents)
            return bad("it has more than a million events");
        auto status = bytes.byte();
        if (!status)
            return bad("it ends in the middle of an event");
        if (*status < 0x80) {
            if (running == 0)
                return bad("an event in it has no status");
            status = running;
            bytes.back();
        }
        if (*status == 0xFF) {
            const auto type = bytes.byte();
            const auto length = bytes.variable();
            const auto content = length ? bytes.take(*length) : std::nullopt;
            if (!type || !content)
                return bad("it ends in the middle of an event");
            if (*type == kMetaEnd)
                break;
            meta(*type, *content, at, track);
            running = 0;
            continue;
        }
        if (*status == 0xF0 || *status == 0xF7) {
            const auto length = bytes.variable();
            if (!length || !bytes.take(*length))
                return bad("it ends in the middle of an event");
            running = 0;
            continue;
        }
        if (*status > 0xF0)
            return bad("it has an event that does not belong in a file");
        running = *status;
        const int kind = *status & 0xF0;
        const int channel = *status & 0x0F;
        const auto one = bytes.byte();
        const bool two = kind != 0xC0 && kind != 0xD0;
        const auto other = two ? bytes.byte() : std::optional<std::uint8_t>(std::uint8_t{0});
        if (!one || !other)
            return bad("it ends in the middle of an event");
        if (*one > 127 || *other > 127)
            return bad("a value in it is out of range");
        if (kind == 0x90 && *other > 0) {
            noteOn(track, at, channel, *one, *other);
        } else if (kind == 0x80 || kind == 0x90) {
            noteOff(track, at, channel, *one);
        } else if (kind == 0xC0 && !m_hasProgram) {
            m_hasProgram = true;
            track.program = *one;
            if (!m_hasChannel) {
                track.channel = channel;
                m_hasChannel = true;
            }
        }
    }
    // What never ends lasts to the end of the track.
    for (MidiNote& note : track.notes)
        if (note.duration.value < 0)
            note.duration = tick(own) - note.onset;
    sortNotes(track.notes);
    if (first && m_format == 1)
        m_file.title = track.name;
    const bool empty = track.notes.empty() && track.lyrics.empty() && track.texts.empty();
    if (first && m_format == 1 && empty)
        return {};
    m_file.tracks.push_back(std::move(track));
    return {};
}

/// A file of format 0 has all channels in one track; each becomes a track of its own.
std::vector<MidiTrack> splitChannels(MidiTrack mixed)
{
    std::map<int, MidiTrack> byChannel;
    for (const MidiNote& note : mixed.notes) {
        MidiTrack& track = byChannel[note.channel];
        track.channel = note.channel;
        track.notes.push_back(note);
    }
    if (byChannel.size() < 2) {
        return {std::move(mixed)};
    }
    std::vector<MidiTrack> tracks;
    for (auto& [channel, track] : byChannel) {
        if (channel == mixed.channel) {
            track.name = mixed.name;
            track.program = mixed.program;
            track.lyrics = mixed.lyrics;
            track.texts = mixed.texts;
        }
        tracks.push_back(std::move(track));
    }
    return tracks;
}

MidiFile Reader::finish()
{
    const auto byOnset = [](const auto& a, const auto& b) { return a.onset < b.onset; };
    std::stable_sort(m_file.tempi.begin(), m_file.tempi.end(), byOnset);
    std::stable_sort(m_file.meters.begin(), m_file.meters.end(), byOnset);
    std::stable_sort(m_file.keys.begin(), m_file.keys.end(), byOnset);
    std::stable_sort(m_file.markers.begin(), m_file.markers.end(), byOnset);
    if (m_format == 0 && m_file.tracks.size() == 1)
        m_file.tracks = splitChannels(std::move(m_file.tracks.front()));
    return std::move(m_file);
}

} // namespace

Result<MidiFile> readMidi(std::string_view data)
{
    if (data.size() > kMaxFileBytes)
        return bad("it is larger than 64 MiB");
    Bytes bytes(data);
    if (bytes.take(4) != "MThd")
        return bad("it does not begin as one");
    const auto headLength = bytes.number(4);
    if (!headLength || *headLength < 6)
        return bad("its head is damaged");
    const auto head = bytes.take(*headLength);
    if (!head)
        return bad("its head is cut short");
    Bytes fields(*head);
    const std::uint32_t format = *fields.number(2);
    const std::uint32_t announced = *fields.number(2);
    const std::uint32_t division = *fields.number(2);
    if (format > 1)
        return Error{
            "This MIDI file holds separate patterns (format 2), which cannot be read; save it as format 1."};
    if (division & 0x8000U)
        return Error{"This MIDI file counts film frames (SMPTE time) instead of beats, which cannot be read; "
                     "save it with beats."};
    if (division == 0)
        return bad("it has no ticks a beat");
    if (announced > kMaxTracks)
        return bad("it has more than 1,024 tracks");
    Reader reader(static_cast<std::uint16_t>(division), static_cast<std::uint16_t>(format));
    std::size_t tracks = 0;
    while (!bytes.atEnd() && tracks < std::max<std::size_t>(announced, 1)) {
        const auto name = bytes.take(4);
        const auto length = name ? bytes.number(4) : std::nullopt;
        if (!length)
            break; // what follows the last chunk is not ours
        const auto chunk = bytes.take(*length);
        if (!chunk)
            return bad("it is cut short");
        if (*name != "MTrk")
            continue; // chunks of other kinds are to be passed over
        TRY_VOID(reader.track(*chunk, tracks == 0));
        ++tracks;
    }
    if (tracks == 0)
        return bad("it has no track");
    if (tracks < announced)
        return bad("it is cut short");
    return reader.finish();
}

Result<MidiFile> loadMidi(const std::filesystem::path& file)
{
    TRY(const std::string bytes, readFile(file, kMaxFileBytes));
    auto result = readMidi(bytes);
    if (!result)
        return Error{file.string() + ": " + result.error().message};
    return result;
}

} // namespace cantilena::exchange
