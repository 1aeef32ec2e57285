#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include <base/result.h>
#include <song/edit.h>
#include <song/song.h>

namespace cantilena::song {

/// A model's suggestion: edits made on the song of `revision`. Accepting it makes one history entry, dropping
/// it leaves nothing.
struct Proposal {
    std::uint64_t revision = 0;
    std::string label;
    std::vector<Edit> edits;
    Origin provenance;
};

/// How an entry came about: a new gesture, or the undo or redo of one.
enum class Step : std::uint8_t { Commit, Undo, Redo };

/// One entry of the undo history, as the journal stores it.
struct Entry {
    Step step = Step::Commit;
    std::string label;
    std::vector<Edit> edits;
    Selection before;
    Selection after;

    bool operator==(const Entry&) const = default;
};

/// The one door for change: the current song and the gestures that led to it. Interface thread only; workers
/// take `song()`, which is immutable.
class History {
public:
    explicit History(SongPtr song);

    /// Repeats what a journal holds on top of the song it began with, so that what was undone can be redone
    /// and the rest undone. Stops with an error at the first entry that does not fit.
    static Result<History> replay(SongPtr song, const std::vector<Entry>& journal);

    const SongPtr& song() const { return m_song; }
    /// Rises with every change, undo and redo included.
    std::uint64_t revision() const { return m_revision; }

    /// Makes the transaction's result the current song and drops what could be redone. An error, and no
    /// change, when the transaction's base is not the current song. An empty transaction is nothing.
    Result<void> commit(const Transaction& transaction, const Selection& before = {},
                        const Selection& after = {});
    /// An error when the song has changed in an object that the proposal touches.
    Result<void> accept(const Proposal& proposal);

    bool canUndo() const { return m_done > 0; }
    bool canRedo() const { return m_done < m_entries.size(); }
    std::string undoLabel() const;
    std::string redoLabel() const;
    /// Returns the selection to restore; nothing happens when there is nothing to undo or redo.
    Selection undo();
    Selection redo();

    /// Told of each change as it was applied: the label, the edits (inverse edits for an undo) and the
    /// selection before and after it. The store's journal listens here.
    using Listener = std::function<void(const Entry& applied)>;
    void setListener(Listener listener) { m_listener = std::move(listener); }

private:
    Result<void> repeat(const Entry& entry);
    void push(Entry entry, SongPtr song);
    void changed(const Entry& applied, SongPtr song);

    SongPtr m_song;
    std::uint64_t m_revision = 0;
    std::vector<Entry> m_entries;
    std::size_t m_done = 0;
    Listener m_listener;
};

} // namespace cantilena::song
