using System.Collections;
using NodeData.Sdk.Http;
using NodeData.Sdk.Http.Paging;

namespace NodeData.Sdk;

/// <summary>
/// A list that the service gives in pages, fetched while it is enumerated. Each enumeration begins anew at the first page. The list itself is safe for use by
/// several threads; an enumeration belongs to one.
/// </summary>
/// <typeparam name="T">What the list holds.</typeparam>
public sealed class NodePagedList<T> : IEnumerable<T>
{
    private readonly Func<string?, int?, IEnumerable<NodePage<T>>> _getPages;

    /// <summary>A list over pages that are there already, for tests.</summary>
    /// <param name="pages">The pages.</param>
    public NodePagedList(IEnumerable<NodePage<T>> pages)
    {
        ArgumentNullException.ThrowIfNull(pages);
        _getPages = (_, _) => pages;
    }

    internal NodePagedList(Func<string?, int, Endpoint<NodePage<T>>> endpoint, Func<Endpoint<NodePage<T>>, NodePage<T>> send) =>
        _getPages = (cursor, pageSize) => Fetch(() => new PageIterator<T>(endpoint, cursor, pageSize), send);

    /// <summary>The same list page by page.</summary>
    /// <param name="cursor">Where to begin, from an earlier <see cref="NodePage{T}.NextCursor"/>; null for the beginning.</param>
    /// <param name="pageSize">The most items of a page, 1 to 100; null for 100.</param>
    /// <exception cref="ArgumentOutOfRangeException">The page size is below 1 or above 100.</exception>
    public IEnumerable<NodePage<T>> AsPages(string? cursor = null, int? pageSize = null) =>
        _getPages(cursor, PageIterator<T>.ValidatePageSize(pageSize));

    /// <summary>Everything in the list, page after page.</summary>
    public IEnumerator<T> GetEnumerator()
    {
        foreach (var page in _getPages(null, null))
        {
            foreach (var item in page.Items)
            {
                yield return item;
            }
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private static IEnumerable<NodePage<T>> Fetch(Func<PageIterator<T>> createIterator, Func<Endpoint<NodePage<T>>, NodePage<T>> send)
    {
        var iterator = createIterator();
        NodePage<T> page;
        do
        {
            page = send(iterator.NextEndpoint);
            yield return page;
        } while (iterator.MoveNext(page));
    }
}
