using System.Collections.ObjectModel;

namespace NodeData.Sdk.Tests.Doubles;

/// <summary>What listeners were told, from whatever thread.</summary>
internal sealed class SynchronizedCollection<T> : Collection<T>
{
    /// <summary>What has come until now.</summary>
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
            // At the end, wherever that is by now.
            Items.Add(item);
        }
    }
}
