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
    private readonly Func<string?, int?, CancellationToken, IAsyncEnumerable<NodePage<T>>> _pages;

    /// <summary>A list over pages that are there already, for tests.</summary>
    /// <param name="pages">The pages.</param>
    public NodeAsyncPagedList(IEnumerable<NodePage<T>> pages)
    {
        ArgumentNullException.ThrowIfNull(pages);
        _pages = (_, _, cancellationToken) => Give(pages, cancellationToken);
    }

    internal NodeAsyncPagedList(
        Func<string?, int, Endpoint<NodePage<T>>> endpoint,
        Func<Endpoint<NodePage<T>>, CancellationToken, Task<NodePage<T>>> send,
        CancellationToken caller
    ) =>
        _pages = (cursor, pageSize, cancellationToken) =>
            Walk(() => new PageWalk<T>(endpoint, cursor, pageSize), send, caller, cancellationToken);

    /// <summary>The same list page by page.</summary>
    /// <param name="cursor">Where to begin, from an earlier <see cref="NodePage{T}.NextCursor"/>; null for the beginning.</param>
    /// <param name="pageSize">The most items of a page, 1 to 100; null for 100.</param>
    /// <exception cref="ArgumentOutOfRangeException">The page size is below 1 or above 100.</exception>
    public IAsyncEnumerable<NodePage<T>> AsPages(string? cursor = null, int? pageSize = null) =>
        _pages(cursor, PageWalk<T>.CheckPageSize(pageSize), CancellationToken.None);

    /// <summary>Everything in the list, page after page.</summary>
    /// <param name="cancellationToken">Ends the enumeration, as does the token that the list was asked for with.</param>
    public async IAsyncEnumerator<T> GetAsyncEnumerator(CancellationToken cancellationToken = default)
    {
        await foreach (var page in _pages(null, null, cancellationToken).ConfigureAwait(false))
        {
            foreach (var item in page.Items)
            {
                yield return item;
            }
        }
    }

    private static async IAsyncEnumerable<NodePage<T>> Walk(
        Func<PageWalk<T>> start,
        Func<Endpoint<NodePage<T>>, CancellationToken, Task<NodePage<T>>> send,
        CancellationToken caller,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        using var both =
            caller.CanBeCanceled && cancellationToken.CanBeCanceled
                ? CancellationTokenSource.CreateLinkedTokenSource(caller, cancellationToken)
                : null;
        var token = both?.Token ?? (caller.CanBeCanceled ? caller : cancellationToken);
        var walk = start();
        NodePage<T> page;
        do
        {
            page = await send(walk.Next, token).ConfigureAwait(false);
            yield return page;
        } while (walk.MoveBehind(page));
    }

    private static async IAsyncEnumerable<NodePage<T>> Give(
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
