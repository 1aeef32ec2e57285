<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en">
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
