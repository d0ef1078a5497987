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
    private readonly Func<string?, int?, IEnumerable<NodePage<T>>> _pages;

    /// <summary>A list over pages that are there already, for tests.</summary>
    /// <param name="pages">The pages.</param>
    public NodePagedList(IEnumerable<NodePage<T>> pages)
    {
        ArgumentNullException.ThrowIfNull(pages);
        _pages = (_, _) => pages;
    }

    internal NodePagedList(Func<string?, int, Endpoint<NodePage<T>>> endpoint, Func<Endpoint<NodePage<T>>, NodePage<T>> send) =>
        _pages = (cursor, pageSize) => Walk(() => new PageWalk<T>(endpoint, cursor, pageSize), send);

    /// <summary>The same list page by page.</summary>
    /// <param name="cursor">Where to begin, from an earlier <see cref="NodePage{T}.NextCursor"/>; null for the beginning.</param>
    /// <param name="pageSize">The most items of a page, 1 to 100; null for 100.</param>
    /// <exception cref="ArgumentOutOfRangeException">The page size is below 1 or above 100.</exception>
    public IEnumerable<NodePage<T>> AsPages(string? cursor = null, int? pageSize = null) =>
        _pages(cursor, PageWalk<T>.CheckPageSize(pageSize));

    /// <summary>Everything in the list, page after page.</summary>
    public IEnumerator<T> GetEnumerator()
    {
        foreach (var page in _pages(null, null))
        {
            foreach (var item in page.Items)
            {
                yield return item;
            }
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private static IEnumerable<NodePage<T>> Walk(Func<PageWalk<T>> start, Func<Endpoint<NodePage<T>>, NodePage<T>> send)
    {
        var walk = start();
        NodePage<T> page;
        do
        {
            page = send(walk.Next);
            yield return page;
        } while (walk.MoveBehind(page));
    }
}
