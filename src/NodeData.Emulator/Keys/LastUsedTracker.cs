using System.Collections.Concurrent;
using NodeData.Emulator.Storage;

namespace NodeData.Emulator.Keys;

/// <summary>
/// When each key was last used. A write to the disk for each request would cost more than the request, so the times are kept in memory, shown from
/// there, and written along with the next change to the keys and when the emulator stops; a killed emulator forgets the last few of them.
/// </summary>
internal sealed class LastUsedTracker
{
    private readonly ConcurrentDictionary<string, long> _unwritten = new(StringComparer.Ordinal);

    public void Record(string keyId, long now) => _unwritten[keyId] = now;

    /// <summary>The time that is not written yet.</summary>
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
