using System.Runtime.CompilerServices;
using NodeData.Sdk.Http;
using NodeData.Sdk.Http.Paging;

namespace NodeData.Sdk;

/// <summary>
/// A list that the service gives in pages, fetched while it is enumerated. Each enumeration begins anew at the first page. The list itself is safe for use by
/// several threads; an enumeration belongs to one.
/// </summary>
/// <typeparam name="T">What the list holds.</typeparam>
public sealed class NodeAsyncPagedList<T> : IAsyncEnumerable<T>
{
    private readonly Func<string?, int?, CancellationToken, IAsyncEnumerable<NodePage<T>>> _getPages;

    /// <summary>A list over pages that are there already, for tests.</summary>
    /// <param name="pages">The pages.</param>
    public NodeAsyncPagedList(IEnumerable<NodePage<T>> pages)
    {
        ArgumentNullException.ThrowIfNull(pages);
        _getPages = (_, _, cancellationToken) => EnumerateAsync(pages, cancellationToken);
    }

    internal NodeAsyncPagedList(
        Func<string?, int, Endpoint<NodePage<T>>> endpoint,
        Func<Endpoint<NodePage<T>>, CancellationToken, Task<NodePage<T>>> send,
        CancellationToken callToken
    ) =>
        _getPages = (cursor, pageSize, cancellationToken) =>
            FetchAsync(() => new PageIterator<T>(endpoint, cursor, pageSize), send, callToken, cancellationToken);

    /// <summary>The same list page by page.</summary>
    /// <param name="cursor">Where to begin, from an earlier <see cref="NodePage{T}.NextCursor"/>; null for the beginning.</param>
    /// <param name="pageSize">The most items of a page, 1 to 100; null for 100.</param>
    /// <exception cref="ArgumentOutOfRangeException">The page size is below 1 or above 100.</exception>
    public IAsyncEnumerable<NodePage<T>> AsPages(string? cursor = null, int? pageSize = null) =>
        _getPages(cursor, PageIterator<T>.ValidatePageSize(pageSize), CancellationToken.None);

    /// <summary>Everything in the list, page after page.</summary>
    /// <param name="cancellationToken">Ends the enumeration, as does the token that the list was asked for with.</param>
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
