using System.Collections.ObjectModel;

namespace NodeData.Sdk.Tests.Doubles;

/// <summary>A collection that several threads may add to.</summary>
internal sealed class SynchronizedCollection<T> : Collection<T>
{
    /// <summary>Copies the items added so far.</summary>
    public T[] Snapshot()
    {
        lock (Items)
        {
            return [.. Items];
        }
    }

    protected override void InsertItem(int index, T item)
    {
        lock (Items)
        {
            // Appended: the index may be outdated by now.
            Items.Add(item);
        }
    }
}
