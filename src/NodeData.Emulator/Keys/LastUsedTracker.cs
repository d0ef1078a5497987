using System.Collections.Concurrent;
using NodeData.Emulator.Storage;

namespace NodeData.Emulator.Keys;

/// <summary>
/// Tracks when each key was last used. A disk write per request would cost more than the request, so the times are kept in memory, and written with the next
/// change of the keys and when the emulator stops; if it is killed, the latest times are lost.
/// </summary>
internal sealed class LastUsedTracker
{
    private readonly ConcurrentDictionary<string, long> _unwritten = new(StringComparer.Ordinal);

    public void Record(string keyId, long now) => _unwritten[keyId] = now;

    /// <summary>Returns the time if it is not written yet; otherwise, null.</summary>
    public long? GetLastUsedAt(string keyId) => _unwritten.TryGetValue(keyId, out var time) ? time : null;

    public void Write(Session session)
    {
        foreach (var use in _unwritten)
        {
            session.Execute("UPDATE keys SET last_used_at = $time WHERE id = $id", ("$time", use.Value), ("$id", use.Key));
            session.RunAfterCommit(() => _unwritten.TryRemove(use));
        }
    }

    public void Clear() => _unwritten.Clear();
}
