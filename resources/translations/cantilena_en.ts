<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en">
    <context>
        <name>LineEditor</name>
        <message numerus="yes">
            <source>In all %n places of the song</source>
            <translation>
                <numerusform>In %n place of the song</numerusform>
                <numerusform>In all %n places of the song</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>LyricRow</name>
        <message numerus="yes">
            <source>%n syllable(s)</source>
            <translation>
                <numerusform>%n syllable</numerusform>
                <numerusform>%n syllables</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>RhymeList</name>
        <message numerus="yes">
            <source>%n syllable(s)</source>
            <translation>
                <numerusform>%n syllable</numerusform>
                <numerusform>%n syllables</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>SectionStrip</name>
        <message numerus="yes">
            <source>%1, %n bar(s)</source>
            <translation>
                <numerusform>%1, %n bar</numerusform>
                <numerusform>%1, %n bars</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>cantilena::ui::PianoRoll</name>
        <message numerus="yes">
            <source>%n note(s) selected</source>
            <translation>
                <numerusform>%n note selected</numerusform>
                <numerusform>%n notes selected</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>cantilena::ui::RewriteViewModel</name>
        <message numerus="yes">
            <source>%n syllable(s) fewer: one is held over several notes.</source>
            <translation>
                <numerusform>%n syllable fewer: one is held over several notes.</numerusform>
                <numerusform>%n syllables fewer: one is held over several notes.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n syllable(s) more: held notes are shared out.</source>
            <translation>
                <numerusform>%n syllable more: held notes are shared out.</numerusform>
                <numerusform>%n syllables more: held notes are shared out.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n syllable(s) more: notes are split.</source>
            <translation>
                <numerusform>%n syllable more: notes are split.</numerusform>
                <numerusform>%n syllables more: notes are split.</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>cantilena::ui::TrackModel</name>
        <message numerus="yes">
            <source>%n note(s)</source>
            <translation>
                <numerusform>%n note</numerusform>
                <numerusform>%n notes</numerusform>
            </translation>
        </message>
    </context>
</TS>
