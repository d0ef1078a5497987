using System.Runtime.CompilerServices;
using NodeData.Sdk.Http;
using NodeData.Sdk.Http.Paging;

namespace NodeData.Sdk;

/// <summary>
/// Represents a list that the service returns in pages, which are fetched during enumeration. Each enumeration starts at the first page. The list is
/// thread-safe; an enumerator is not.
/// </summary>
/// <typeparam name="T">The type of the items.</typeparam>
public sealed class NodeAsyncPagedList<T> : IAsyncEnumerable<T>
{
    private readonly Func<string?, int?, CancellationToken, IAsyncEnumerable<NodePage<T>>> _getPages;

    /// <summary>Initializes a new instance of the <see cref="NodeAsyncPagedList{T}"/> class with existing pages, for tests.</summary>
    /// <param name="pages">The pages.</param>
    /// <exception cref="ArgumentNullException"><paramref name="pages"/> is null.</exception>
    public NodeAsyncPagedList(IEnumerable<NodePage<T>> pages)
    {
        ArgumentNullException.ThrowIfNull(pages);
        _getPages = (_, _, cancellationToken) => EnumerateAsync(pages, cancellationToken);
    }

    internal NodeAsyncPagedList(
        Func<string?, int, Endpoint<NodePage<T>>> createEndpoint,
        Func<Endpoint<NodePage<T>>, CancellationToken, Task<NodePage<T>>> send,
        CancellationToken callToken
    ) =>
        _getPages = (cursor, pageSize, cancellationToken) =>
            FetchAsync(() => new PageIterator<T>(createEndpoint, cursor, pageSize), send, callToken, cancellationToken);

    /// <summary>Enumerates the list page by page.</summary>
    /// <param name="cursor">The cursor to start at, from an earlier <see cref="NodePage{T}.NextCursor"/>; null to start at the first page.</param>
    /// <param name="pageSize">The maximum number of items per page, 1 to 100; if null, 100.</param>
    /// <returns>The pages.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The page size is less than 1 or greater than 100.</exception>
    public IAsyncEnumerable<NodePage<T>> AsPages(string? cursor = null, int? pageSize = null) =>
        _getPages(cursor, PageIterator<T>.ValidatePageSize(pageSize), CancellationToken.None);

    /// <summary>Returns an enumerator that iterates over all items and fetches the pages as needed.</summary>
    /// <param name="cancellationToken">Cancels the enumeration, as does the token passed to the method that returned the list.</param>
    /// <returns>The enumerator.</returns>
    public async IAsyncEnumerator<T> GetAsyncEnumerator(CancellationToken cancellationToken = default)
    {
        await foreach (var page in _getPages(null, null, cancellationToken).ConfigureAwait(false))
        {
            foreach (var item in page.Items)
            {
                yield return item;
            }
        }
    }

    private static async IAsyncEnumerable<NodePage<T>> FetchAsync(
        Func<PageIterator<T>> createIterator,
        Func<Endpoint<NodePage<T>>, CancellationToken, Task<NodePage<T>>> send,
        CancellationToken callToken,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        using var linkedSource =
            callToken.CanBeCanceled && cancellationToken.CanBeCanceled
                ? CancellationTokenSource.CreateLinkedTokenSource(callToken, cancellationToken)
                : null;
        var token = linkedSource?.Token ?? (callToken.CanBeCanceled ? callToken : cancellationToken);
        var iterator = createIterator();
        NodePage<T> page;
        do
        {
            page = await send(iterator.NextEndpoint, token).ConfigureAwait(false);
            yield return page;
        } while (iterator.MoveNext(page));
    }

    private static async IAsyncEnumerable<NodePage<T>> EnumerateAsync(
        IEnumerable<NodePage<T>> pages,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        foreach (var page in pages)
        {
            cancellationToken.ThrowIfCancellationRequested();
            await Task.CompletedTask.ConfigureAwait(false);
            yield return page;
        }
    }
}
