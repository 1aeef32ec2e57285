#include <algorithm>
#include <map>
#include <set>

#include <QTest>

#include "melody_song.h"

using namespace cantilena;
using namespace cantilena::compose;

/// Parts of a tune written again.
class MelodyPiecesTest : public QObject {
    Q_OBJECT

    MelodyModels m_models;
    MelodyRequest m_request;
    std::vector<song::Note> m_tune;

    Result<MelodyRevision> rewrite(const MelodyPiece& piece)
    {
        return rewriteMelody(m_request, m_tune, piece, m_models, {});
    }
    std::int64_t bars(int count) const { return count * m_request.form.meter.barLength().value; }
    std::int64_t startOf(std::size_t section) const
    {
        int before = 0;
        for (std::size_t i = 0; i < section; ++i)
            before += m_request.form.sections[i].bars;
        return bars(before);
    }
    std::size_t firstSung() const
    {
        std::size_t i = 0;
        while (m_request.sections[i]->lines.size() < 2)
            ++i;
        return i;
    }
    /// The tune with the revision in it, in order.
    std::vector<song::Note> apply(const MelodyRevision& revision) const
    {
        std::vector<song::Note> result;
        for (const song::Note& note : m_tune)
            if (std::find(revision.removed.begin(), revision.removed.end(), note.id) ==
                revision.removed.end())
                result.push_back(note);
        result.insert(result.end(), revision.added.begin(), revision.added.end());
        std::stable_sort(result.begin(), result.end(), song::noteBefore);
        return result;
    }
    void checkWhole(const std::vector<song::Note>& notes)
    {
        std::vector<song::SyllableId> sung;
        std::int64_t end = 0;
        for (const song::Note& note : notes) {
            QVERIFY(note.onset.value >= end);
            QVERIFY(note.pitch >= m_request.range.low && note.pitch <= m_request.range.high);
            end = note.end().value;
            if (sung.empty() || !(sung.back() == note.syllable))
                sung.push_back(note.syllable);
        }
        QVERIFY(sung == syllables(m_request.sections));
    }

private Q_SLOTS:
    void initTestCase()
    {
        const std::filesystem::path source = CANTILENA_SOURCE_DIR;
        auto harmony = HarmonyModels::load(source / "models");
        auto melody = MelodyModels::load(source / "models");
        const auto styles = loadStyles(source / "resources" / "styles");
        QVERIFY(harmony && melody && styles);
        m_models = *melody;
        song::Brief brief;
        brief.length = music::Seconds{60};
        Piece piece;
        piece.style = *findStyle(*styles, "pop");
        piece.form = planForm(brief, piece.style, {}, 21);
        addWords(piece, false);
        const auto chords = writeHarmony({piece.form, piece.style, 0, 0, 21}, *harmony, {});
        QVERIFY(chords);
        m_request.form = piece.form;
        m_request.sections = piece.sections;
        m_request.chords = *chords;
        m_request.style = piece.style;
        m_request.seed = 21;
        const auto tune = writeMelody(m_request, m_models, {});
        QVERIFY(tune);
        m_tune = *tune;
        song::IdSource ids{1'000'000};
        for (song::Note& note : m_tune)
            note.id = ids.make<song::NoteId>();
    }

    void aLineAnew()
    {
        const std::size_t s = firstSung();
        const song::Line& line = m_request.sections[s]->lines[1];
        const music::Tick begin{startOf(s) + line.start.value}, end = begin + line.length;
        std::set<std::vector<int>> tunes;
        for (const std::uint64_t take : {1, 2, 3}) {
            const auto revision = rewrite({begin, end, PieceWish::Anew, take});
            QVERIFY2(revision, revision ? "" : revision.error().message.c_str());
            checkWhole(apply(*revision));
            for (const song::Note& note : revision->added)
                QVERIFY(note.onset >= begin && note.end() <= end);
            std::vector<int> pitches;
            for (const song::Note& note : revision->added)
                pitches.push_back(note.pitch.midi);
            tunes.insert(pitches);
            const auto again = rewrite({begin, end, PieceWish::Anew, take});
            QVERIFY(again && again->added == revision->added);
        }
        QVERIFY(tunes.size() >= 2);
    }

    void aVariationBeginsAlike()
    {
        const std::size_t s = firstSung();
        const song::Line& line = m_request.sections[s]->lines[0];
        const music::Tick begin{startOf(s) + line.start.value}, end = begin + line.length;
        int alike = 0, asked = 0;
        for (const std::uint64_t take : {1, 2, 3, 4}) {
            const auto revision = rewrite({begin, end, PieceWish::Vary, take});
            QVERIFY(revision);
            checkWhole(apply(*revision));
            for (std::size_t i = 0; i < 3 && i < revision->added.size(); ++i) {
                const auto old = std::find_if(m_tune.begin(), m_tune.end(), [&](const song::Note& n) {
                    return n.onset == revision->added[i].onset;
                });
                ++asked;
                alike += old != m_tune.end() && old->pitch == revision->added[i].pitch;
            }
        }
        QVERIFY2(2 * alike > asked, qPrintable(QString("%1 of %2").arg(alike).arg(asked)));
    }

    void barsInsideLines()
    {
        const std::size_t s = firstSung();
        for (const auto& [from, to] : {std::pair{240, 2880}, {1920, 5760}, {3840, 3841}, {600, 11000}}) {
            const music::Tick begin{startOf(s) + from}, end{startOf(s) + to};
            const auto revision = rewrite({begin, end, PieceWish::Anew, 5});
            if (!revision)
                continue; // nothing begins there
            checkWhole(apply(*revision));
            for (const song::Note& note : m_tune) {
                const bool removed = std::find(revision->removed.begin(), revision->removed.end(), note.id) !=
                                     revision->removed.end();
                if (note.onset < begin || note.onset >= end)
                    QVERIFY(!removed);
            }
        }
    }

    void aWholeSectionKeepsItsPlan()
    {
        const std::size_t s = firstSung();
        const music::Tick begin{startOf(s)}, end{startOf(s + 1)};
        int motif = 0;
        for (std::uint64_t take = 1; take <= 4; ++take) {
            const auto revision = rewrite({begin, end, PieceWish::Anew, take});
            QVERIFY(revision);
            checkWhole(apply(*revision));
            for (const song::Note& note : revision->added)
                motif += (note.reasons & (static_cast<std::uint32_t>(song::Reason::MotifVariant) |
                                          static_cast<std::uint32_t>(song::Reason::MotifRepeat))) != 0;
        }
        QVERIFY(motif > 3 * 4); // of four lines two or three follow another in their first half
    }

    void syllablesWithoutNotesGetThem()
    {
        const std::vector<song::Note> whole = m_tune;
        const std::size_t s = firstSung();
        const music::Tick begin{startOf(s)}, end{startOf(s + 1)};
        std::erase_if(m_tune, [&](const song::Note& n) { return n.onset >= begin && n.onset < end; });
        const auto revision = rewrite({begin, end, PieceWish::Anew, 1});
        if (revision)
            checkWhole(apply(*revision));
        m_tune = whole;
        QVERIFY(revision && revision->removed.empty());
    }

    void nothingToSing()
    {
        const music::Tick end{startOf(m_request.form.sections.size())};
        QVERIFY(!rewrite({end, end + music::Tick{3840}, PieceWish::Anew, 1}));
    }

    void anInstrumentsTune()
    {
        MelodyRequest request = m_request;
        request.instrumental = true;
        for (SectionPlan& section : request.form.sections)
            section.lines.clear();
        auto tune = writeMelody(request, m_models, {});
        QVERIFY(tune);
        song::IdSource ids;
        for (song::Note& note : *tune)
            note.id = ids.make<song::NoteId>();
        const std::size_t s = firstSung();
        const MelodyPiece piece{{startOf(s)}, {startOf(s) + bars(2)}, PieceWish::Anew, 1};
        const auto revision = rewriteMelody(request, *tune, piece, m_models, {});
        QVERIFY2(revision, revision ? "" : revision.error().message.c_str());
        QVERIFY(!revision->added.empty());
        for (const song::Note& note : revision->added)
            QVERIFY(note.onset >= piece.begin && note.end() <= piece.end && !note.syllable);
    }
};

QTEST_APPLESS_MAIN(MelodyPiecesTest)
#include "tst_melody_pieces.moc"
