#include <set>

#include <algorithm>

#include <QTest>

#include <compose/form.h>

using namespace cantilena;
using namespace cantilena::compose;

namespace {

Style pop()
{
    Style style;
    style.id = "pop";
    style.slowest = {92};
    style.fastest = {128};
    style.usual = {108};
    style.meters = {{4, 4}, {3, 4}};
    return style;
}

double seconds(const Form& form)
{
    return form.totalBars() * music::toBeats(form.meter.barLength()) * 60 / form.tempo.value;
}

} // namespace

class FormTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void fillsTheLength_data()
    {
        QTest::addColumn<double>("length");
        for (const double length : {15.0, 30.0, 60.0, 90.0, 150.0, 240.0, 360.0})
            QTest::addRow("%g s", length) << length;
    }
    void fillsTheLength()
    {
        QFETCH(double, length);
        for (std::uint64_t seed = 1; seed <= 30; ++seed) {
            song::Brief brief;
            brief.length = music::Seconds{length};
            brief.arousal = static_cast<double>(seed % 5) / 2 - 1;
            const Form form = planForm(brief, pop(), {}, seed);
            QVERIFY(std::abs(seconds(form) - length) < 1.5);
            bool sung = false;
            for (const SectionPlan& section : form.sections) {
                QVERIFY(section.bars >= 1);
                QVERIFY(section.energy >= 0 && section.energy <= 1);
                QVERIFY(!section.name.empty());
                int bars = 0;
                for (const LinePlan& line : section.lines) {
                    QVERIFY(line.syllables >= 5 && line.syllables <= 10);
                    bars += line.bars;
                }
                QVERIFY(bars <= section.bars);
                sung = sung || !section.lines.empty();
            }
            QVERIFY(sung);
        }
    }

    void keepsWhatWasAsked()
    {
        song::Brief brief;
        brief.tempo = music::Bpm{97};
        brief.key = music::Key{3, music::Mode::Minor};
        brief.meter = {3, 4};
        const Form form = planForm(brief, pop(), {}, 5);
        QCOMPARE(form.tempo.value, 97.0);
        QVERIFY((form.key == music::Key{3, music::Mode::Minor}));
        QVERIFY((form.meter == music::Meter{3, 4}));
    }

    void formsToChooseFrom()
    {
        song::Brief brief;
        brief.length = music::Seconds{150};
        const std::vector<Form> forms = planForms(brief, pop(), {}, 9);
        QVERIFY(forms.front() == planForm(brief, pop(), {}, 9));
        QVERIFY(forms.size() >= 2);
        const auto has = [](const Form& form, song::SectionKind kind) {
            return std::any_of(form.sections.begin(), form.sections.end(),
                               [&](const SectionPlan& section) { return section.kind == kind; });
        };
        bool without = false;
        for (const Form& form : forms) {
            QVERIFY(std::abs(seconds(form) - seconds(forms.front())) < 1.5);
            QCOMPARE(form.tempo.value, forms.front().tempo.value);
            QVERIFY(has(form, song::SectionKind::Verse) && has(form, song::SectionKind::Chorus));
            without =
                without || !(has(form, song::SectionKind::Bridge) || has(form, song::SectionKind::PreChorus));
        }
        QVERIFY(without);
        // Without a length in the brief a form with less to tell is shorter.
        brief.length.reset();
        for (const Form& form : planForms(brief, pop(), {}, 9))
            QVERIFY(seconds(form) < 152 && (seconds(form) > 148 || !has(form, song::SectionKind::Bridge)));
    }

    void sameSeedSameForm()
    {
        song::Brief brief;
        QVERIFY(planForm(brief, pop(), {}, 9) == planForm(brief, pop(), {}, 9));
    }

    void chorusRepeatsItsWords()
    {
        song::Brief brief;
        const Form form = planForm(brief, pop(), {}, 2);
        int first = -1, repeats = 0;
        for (std::size_t i = 0; i < form.sections.size(); ++i) {
            if (form.sections[i].kind != song::SectionKind::Chorus)
                continue;
            if (first < 0) {
                first = static_cast<int>(i);
                QCOMPARE(form.sections[i].sameLyricsAs, -1);
            } else {
                ++repeats;
                QCOMPARE(form.sections[i].sameLyricsAs, first);
                QCOMPARE(form.sections[i].material, form.sections[static_cast<std::size_t>(first)].material);
            }
        }
        QVERIFY(repeats >= 1);
    }

    void versesHaveEqualLines()
    {
        song::Brief brief;
        brief.language = language::Language::Mandarin;
        const Form form = planForm(brief, pop(), {}, 3);
        const SectionPlan* verse = nullptr;
        for (const SectionPlan& section : form.sections) {
            if (section.kind != song::SectionKind::Verse)
                continue;
            if (verse == nullptr)
                verse = &section;
            QVERIFY(section.lines == verse->lines);
        }
    }

    void instrumentalHasNoLines()
    {
        song::Brief brief;
        brief.instrumental = true;
        for (const SectionPlan& section : planForm(brief, pop(), {}, 4).sections)
            QVERIFY(section.lines.empty());
    }

    void ownLyricsAreAllThere()
    {
        song::Brief brief;
        std::vector<GivenSection> given{{song::SectionKind::Verse, {8, 1, 24, 7, 9}, -1},
                                        {song::SectionKind::Chorus, {6, 0, 6}, -1},
                                        {song::SectionKind::Interlude, {}, -1},
                                        {song::SectionKind::Chorus, {6, 0, 6}, 1}};
        const auto form = formForLyrics(brief, pop(), given, {}, 1);
        QVERIFY(form);
        std::vector<int> counts;
        int choruses = 0;
        for (std::size_t i = 0; i < form->sections.size(); ++i) {
            const SectionPlan& section = form->sections[i];
            for (const LinePlan& line : section.lines)
                counts.push_back(line.syllables);
            if (section.kind == song::SectionKind::Chorus && ++choruses == 2)
                QCOMPARE(form->sections[static_cast<std::size_t>(section.sameLyricsAs)].kind,
                         song::SectionKind::Chorus);
        }
        QCOMPARE(counts, (std::vector<int>{8, 1, 24, 7, 9, 6, 6, 6, 6}));
    }

    void wordsThatDoNotFitAreRefused()
    {
        song::Brief brief;
        QVERIFY(!formForLyrics(brief, pop(), {}, {}, 1));
        QVERIFY(!formForLyrics(brief, pop(), {{song::SectionKind::Verse, {0, 0}, -1}}, {}, 1));
        QVERIFY(
            !formForLyrics(brief, pop(), {{song::SectionKind::Verse, std::vector<int>(2000, 1), -1}}, {}, 1));
        QVERIFY(!formForLyrics(brief, pop(), {{song::SectionKind::Verse, {200000}, -1}}, {}, 1));
    }

    void linesFollowEachOther()
    {
        SectionPlan section;
        section.bars = 6;
        section.lines = {{8, 0, 2}, {8, 0, 1}, {8, 0, 2}};
        const auto places = linePlaces(section, {3, 4});
        QCOMPARE(places.size(), std::size_t{3});
        QCOMPARE(places[1].start.value, 2 * 3 * 960);
        QCOMPARE(places[2].start.value, 3 * 3 * 960);
        QCOMPARE(places[2].length.value, 2 * 3 * 960);
    }
};

QTEST_APPLESS_MAIN(FormTest)
#include "tst_form.moc"
