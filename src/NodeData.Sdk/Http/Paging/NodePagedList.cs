using System.Collections;
using NodeData.Sdk.Http;
using NodeData.Sdk.Http.Paging;

namespace NodeData.Sdk;

/// <summary>
/// Represents a list that the service returns in pages, which are fetched during enumeration. Each enumeration starts at the first page. The list is
/// thread-safe; an enumerator is not.
/// </summary>
/// <typeparam name="T">The type of the items.</typeparam>
public sealed class NodePagedList<T> : IEnumerable<T>
{
    private readonly Func<string?, int?, IEnumerable<NodePage<T>>> _getPages;

    /// <summary>Initializes a new instance of the <see cref="NodePagedList{T}"/> class with existing pages, for tests.</summary>
    /// <param name="pages">The pages.</param>
    /// <exception cref="ArgumentNullException"><paramref name="pages"/> is null.</exception>
    public NodePagedList(IEnumerable<NodePage<T>> pages)
    {
        ArgumentNullException.ThrowIfNull(pages);
        _getPages = (_, _) => pages;
    }

    internal NodePagedList(Func<string?, int, Endpoint<NodePage<T>>> createEndpoint, Func<Endpoint<NodePage<T>>, NodePage<T>> send) =>
        _getPages = (cursor, pageSize) => Fetch(() => new PageIterator<T>(createEndpoint, cursor, pageSize), send);

    /// <summary>Enumerates the list page by page.</summary>
    /// <param name="cursor">The cursor to start at, from an earlier <see cref="NodePage{T}.NextCursor"/>; null to start at the first page.</param>
    /// <param name="pageSize">The maximum number of items per page, 1 to 100; if null, 100.</param>
    /// <returns>The pages.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The page size is less than 1 or greater than 100.</exception>
    public IEnumerable<NodePage<T>> AsPages(string? cursor = null, int? pageSize = null) =>
        _getPages(cursor, PageIterator<T>.ValidatePageSize(pageSize));

    /// <summary>Returns an enumerator that iterates over all items and fetches the pages as needed.</summary>
    /// <returns>The enumerator.</returns>
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
