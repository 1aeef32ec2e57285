#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include <exchange/midi.h>

/// What the reader and the writer of MIDI files share.
namespace cantilena::exchange {

inline constexpr std::uint8_t kMetaText = 0x01;
inline constexpr std::uint8_t kMetaTrackName = 0x03;
inline constexpr std::uint8_t kMetaLyric = 0x05;
inline constexpr std::uint8_t kMetaMarker = 0x06;
inline constexpr std::uint8_t kMetaEnd = 0x2F;
inline constexpr std::uint8_t kMetaTempo = 0x51;
inline constexpr std::uint8_t kMetaMeter = 0x58;
inline constexpr std::uint8_t kMetaKey = 0x59;

inline constexpr std::size_t kMaxFileBytes = std::size_t{64} << 20;
inline constexpr std::size_t kMaxTracks = 1024;
inline constexpr std::size_t kMaxEvents = 1'000'000;
inline constexpr std::size_t kMaxTuneNotes = 20'000;            ///< of a melody
inline constexpr std::size_t kMaxText = 4096;                   ///< bytes kept of one text
inline constexpr std::int64_t kMaxTick = std::int64_t{1} << 27; ///< about a day at 96 beats a minute

/// The order of MidiTrack::notes.
void sortNotes(std::vector<MidiNote>& notes);

} // namespace cantilena::exchange
