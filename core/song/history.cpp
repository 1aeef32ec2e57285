#include <song/history.h>

#include <cassert>
#include <utility>

namespace cantilena::song {

namespace {

Entry undoOf(const Entry& entry)
{
    return Entry{Step::Undo, entry.label, inverse(entry.edits), entry.after, entry.before};
}

} // namespace

History::History(SongPtr song) : m_song(std::move(song)) {}

Result<History> History::replay(SongPtr song, const std::vector<Entry>& journal)
{
    History history(std::move(song));
    for (const Entry& entry : journal)
        TRY_VOID(history.repeat(entry));
    return history;
}

Result<void> History::repeat(const Entry& entry)
{
    TRY(SongPtr next, song::apply(m_song, entry.edits));
    switch (entry.step) {
    case Step::Commit:
        push(entry, std::move(next));
        break;
    case Step::Undo:
        // The journal may begin after the gesture that it undoes: then what came later cannot be redone
        // either, since it was done on top of that gesture.
        if (m_done > 0)
            --m_done;
        else
            m_entries.clear();
        changed(entry, std::move(next));
        break;
    case Step::Redo:
        if (m_done < m_entries.size()) {
            ++m_done;
            changed(entry, std::move(next));
        } else {
            push(Entry{Step::Commit, entry.label, entry.edits, entry.before, entry.after}, std::move(next));
        }
        break;
    }
    return {};
}

void History::changed(const Entry& applied, SongPtr song)
{
    m_song = std::move(song);
    ++m_revision;
    if (m_listener)
        m_listener(applied);
}

void History::push(Entry entry, SongPtr song)
{
    m_entries.resize(m_done);
    m_entries.push_back(std::move(entry));
    ++m_done;
    changed(m_entries.back(), std::move(song));
}

Result<void> History::commit(const Transaction& transaction, const Selection& before, const Selection& after)
{
    if (transaction.base() != m_song)
        return Error{"The song has changed since \"" + transaction.label() + "\" began; do it again."};
    if (transaction.empty())
        return {};
    push(Entry{Step::Commit, transaction.label(), transaction.edits(), before, after},
         transaction.snapshot());
    return {};
}

Result<void> History::accept(const Proposal& proposal)
{
    std::vector<Edit> edits;
    const Origin& provenance = proposal.provenance;
    bool known = !provenance.id || m_song->origin(provenance.id);
    for (const Edit& edit : proposal.edits) {
        const auto* origin = std::get_if<OriginEdit>(&edit);
        known = known || (origin && origin->after && origin->after->id == provenance.id);
    }
    if (!known)
        edits.push_back(OriginEdit{std::nullopt, provenance});
    edits.insert(edits.end(), proposal.edits.begin(), proposal.edits.end());
    if (edits.empty())
        return {};
    Result<SongPtr> next = song::apply(m_song, edits);
    if (!next)
        return Error{"\"" + proposal.label +
                     "\" no longer fits, because the song has changed in the same place; ask for it again."};
    push(Entry{Step::Commit, proposal.label, std::move(edits), {}, {}}, *std::move(next));
    return {};
}

std::string History::undoLabel() const
{
    return canUndo() ? m_entries[m_done - 1].label : std::string();
}

std::string History::redoLabel() const
{
    return canRedo() ? m_entries[m_done].label : std::string();
}

Selection History::undo()
{
    if (!canUndo())
        return {};
    const Entry entry = undoOf(m_entries[m_done - 1]);
    Result<SongPtr> next = song::apply(m_song, entry.edits);
    assert(next);
    if (!next)
        return {};
    --m_done;
    changed(entry, *std::move(next));
    return entry.after;
}

Selection History::redo()
{
    if (!canRedo())
        return {};
    Entry entry = m_entries[m_done];
    entry.step = Step::Redo;
    Result<SongPtr> next = song::apply(m_song, entry.edits);
    assert(next);
    if (!next)
        return {};
    ++m_done;
    changed(entry, *std::move(next));
    return entry.after;
}

} // namespace cantilena::song
