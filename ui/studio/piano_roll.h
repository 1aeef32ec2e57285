#pragma once

#include <map>
#include <memory>
#include <optional>
#include <unordered_set>

#include <QPointF>
#include <QQuickPaintedItem>
#include <QRectF>
#include <QVariantMap>

#include "note_index.h"
#include "note_tools.h"
#include "roll_geometry.h"
#include "roll_painter.h"
#include "session_bridge.h"

namespace cantilena::ui {

/// The notes of one track, with the words under them, the chords above, and the keyboard at the left. One
/// picture of what is visible, drawn when something changes; the playhead is not part of it, so that playing
/// draws nothing. Gestures show their effect while they last and change the song once, at their end.
class PianoRoll : public QQuickPaintedItem {
    Q_OBJECT
    QML_ELEMENT
    Q_PROPERTY(cantilena::ui::SessionBridge* session READ session WRITE setSession NOTIFY sessionChanged)
    Q_PROPERTY(double track READ track WRITE setTrack NOTIFY trackChanged) ///< id of the shown track
    Q_PROPERTY(QVariantMap palette READ palette WRITE setPalette NOTIFY paletteChanged)
    Q_PROPERTY(double playhead READ playhead WRITE setPlayhead NOTIFY playheadChanged) ///< ticks
    Q_PROPERTY(double playheadX READ playheadX NOTIFY playheadXChanged)
    Q_PROPERTY(bool following READ following WRITE setFollowing NOTIFY followingChanged)
    Q_PROPERTY(bool looping READ looping WRITE setLooping NOTIFY loopChanged)
    Q_PROPERTY(double loopStart READ loopStart WRITE setLoopStart NOTIFY loopChanged)
    Q_PROPERTY(double loopEnd READ loopEnd WRITE setLoopEnd NOTIFY loopChanged)
    Q_PROPERTY(double gutter READ gutter CONSTANT)
    Q_PROPERTY(double header READ header CONSTANT)
    /// For scroll bars: the share of the content that is seen and where it begins, 0..1.
    Q_PROPERTY(double xSize READ xSize NOTIFY viewChanged)
    Q_PROPERTY(double xPosition READ xPosition NOTIFY viewChanged)
    Q_PROPERTY(double ySize READ ySize NOTIFY viewChanged)
    Q_PROPERTY(double yPosition READ yPosition NOTIFY viewChanged)
    Q_PROPERTY(QString description READ description NOTIFY selectionChanged) ///< the selection in words
    /// Whether one note is selected that sings a word.
    Q_PROPERTY(bool singleWord READ singleWord NOTIFY selectionChanged)
    /// Whether the shown track is the tune.
    Q_PROPERTY(bool melody READ melody NOTIFY trackChanged)
    /// A press where nothing is adds a note, as a double click always does.
    Q_PROPERTY(bool drawing READ drawing WRITE setDrawing NOTIFY drawingChanged)
    /// A press begins a pitch line for the singer; the right button takes one away.
    Q_PROPERTY(bool bending READ bending WRITE setBending NOTIFY bendingChanged)
    /// The whole word of the note under the pointer where the note is too narrow to show it, and its place.
    Q_PROPERTY(QString hint READ hint NOTIFY hintChanged)
    Q_PROPERTY(QRectF hintPlace READ hintPlace NOTIFY hintChanged)

public:
    explicit PianoRoll(QQuickItem* parent = nullptr);

    void paint(QPainter* painter) override;

    SessionBridge* session() const { return m_session; }
    void setSession(SessionBridge* session);
    double track() const { return static_cast<double>(m_track.value); }
    void setTrack(double id);
    QVariantMap palette() const { return m_palette; }
    void setPalette(const QVariantMap& palette);
    double playhead() const { return m_playhead; }
    void setPlayhead(double tick);
    double playheadX() const;
    bool following() const { return m_following; }
    void setFollowing(bool following);
    bool looping() const { return m_looping; }
    void setLooping(bool looping);
    double loopStart() const { return static_cast<double>(m_loopStart.value); }
    void setLoopStart(double tick);
    double loopEnd() const { return static_cast<double>(m_loopEnd.value); }
    void setLoopEnd(double tick);
    double gutter() const { return RollGeometry::kGutter; }
    double header() const { return RollGeometry::kHeader; }
    double xSize() const;
    double xPosition() const;
    double ySize() const;
    double yPosition() const;
    QString description() const;
    bool singleWord() const;
    bool melody() const;
    bool drawing() const { return m_drawing; }
    void setDrawing(bool drawing);
    bool bending() const { return m_bending; }
    void setBending(bool bending);
    QString hint() const { return m_hint; }
    QRectF hintPlace() const { return m_hintPlace; }
    const RollGeometry& geometry() const { return m_geometry; }

    Q_INVOKABLE void scrollToX(double position);
    Q_INVOKABLE void scrollToY(double position);
    /// Zooms the time axis around the middle of the view.
    Q_INVOKABLE void zoomBy(double factor);
    /// Asks for the word of the selected note to be edited; false when there is none.
    Q_INVOKABLE bool editSelectedWord();
    /// Ticks from the first selected note to the end of the last (x, y); without a selection the section at
    /// the playhead, or the first one with notes after it. x = y when there is none.
    Q_INVOKABLE QPointF chosenSpan() const;
    /// Scrolls in time so that a span is seen, or as much of its beginning as fits.
    Q_INVOKABLE void reveal(double start, double end);
    Q_INVOKABLE void selectNeighbour(int direction);
    Q_INVOKABLE void selectAll();
    Q_INVOKABLE void removeSelected();
    /// Adds a note after the selected one, or at the playhead, and selects it.
    Q_INVOKABLE void addNoteAfterSelection();
    /// Adds a note at a place in the item.
    Q_INVOKABLE void addNoteAt(QPointF place);

Q_SIGNALS:
    void sessionChanged();
    void trackChanged();
    void paletteChanged();
    void playheadChanged();
    void playheadXChanged();
    void followingChanged();
    void loopChanged();
    void viewChanged();
    void selectionChanged();
    void drawingChanged();
    void bendingChanged();
    void hintChanged();
    /// A click of the right button: on a note (which is selected now) or where nothing is.
    void menuRequested(QPointF place, bool onNote);
    void seekRequested(double tick);
    /// `place` is where the note is in the item.
    void wordEditRequested(double line, int word, const QRectF& place);

protected:
    void geometryChange(const QRectF& now, const QRectF& before) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void mouseUngrabEvent() override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void hoverMoveEvent(QHoverEvent* event) override;
    void hoverLeaveEvent(QHoverEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    struct Shared { ///< a track's index, kept while the track does not change
        song::TrackPtr track;
        NoteIndex index;
    };

    song::SongPtr song() const { return m_session ? m_session->song() : nullptr; }
    const NoteIndex& index() const;
    void songReplaced();
    void songEdited();
    void rebuild();
    void centreOnNotes();
    void viewMoved();
    void followPlayhead();
    void setSelected(std::unordered_set<song::NoteId> selected, bool tellSession = true);
    void readSelection();
    std::optional<std::size_t> noteAt(QPointF point, bool* onEdge = nullptr) const;
    std::vector<RollNote> selectedNotes() const;
    void selectInBand(const QRectF& band, bool add);
    void endDrag();
    void commit(const NoteDrag& drag);
    void beginDraft(QPointF point);
    void updateDraft(QPointF point, bool fine);
    void endDraft();
    void beginStroke(QPointF point, bool erasing);
    void endStroke();
    const std::vector<std::vector<session::PitchPoint>>& sungLine();
    void addNote(music::Tick onset, music::Tick duration, int pitch);
    void setHint(std::optional<std::size_t> note);
    /// Moves or lengthens the selected notes by keyboard.
    void nudge(music::Tick later, int higher, music::Tick longer);
    bool editWordAt(std::size_t note);

    SessionBridge* m_session = nullptr;
    song::TrackId m_track;
    QVariantMap m_palette;
    RollColours m_colours;
    RollGeometry m_geometry;
    double m_playhead = 0;
    bool m_following = true;
    bool m_looping = false;
    music::Tick m_loopStart, m_loopEnd;
    bool m_centred = false; ///< the notes were brought into view once since the song or track was chosen

    song::SongPtr m_song; ///< what the indexes were made from
    std::vector<song::SectionPtr> m_sections;
    NoteIndex::Texts m_texts;
    std::map<song::TrackId, Shared> m_indexes;
    std::unordered_set<song::NoteId> m_selected;

    std::optional<NoteDrag> m_drag;
    std::optional<QPointF> m_bandStart;
    QRectF m_band;
    std::optional<NotePlace> m_draft; ///< a note that is being drawn
    music::Tick m_drawnLength = music::kEighth;
    bool m_drawing = false;
    bool m_bending = false;
    bool m_erasing = false;
    std::vector<QPointF> m_stroke; ///< a pitch that is being drawn or erased
    song::SongPtr m_sungSong;      ///< what m_sung was made from
    std::vector<std::vector<session::PitchPoint>> m_sung;
    QString m_hint;
    QRectF m_hintPlace;
    bool m_bandAdds = false;
    bool m_seeking = false;
};

} // namespace cantilena::ui
