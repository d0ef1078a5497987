using System.Net;

namespace NodeData.Sdk.Http.Paging;

/// <summary>Iterates over the pages of one list: determines the next call and detects repeated cursors.</summary>
internal sealed class PageIterator<T>(Func<string?, int, Endpoint<NodePage<T>>> createEndpoint, string? cursor, int? pageSize)
{
    private readonly HashSet<string> _seenCursors = cursor is null ? [] : [cursor];
    private readonly int _pageSize = pageSize ?? PageSize.Max;

    public Endpoint<NodePage<T>> NextEndpoint { get; private set; } = createEndpoint(cursor, pageSize ?? PageSize.Max);

    public static int? ValidatePageSize(int? pageSize)
    {
        if (pageSize is { } value)
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1, nameof(pageSize));
            ArgumentOutOfRangeException.ThrowIfGreaterThan(value, PageSize.Max, nameof(pageSize));
        }

        return pageSize;
    }

    /// <summary>Advances to the page after <paramref name="page"/>.</summary>
    /// <returns>True if another page follows; otherwise, false.</returns>
    /// <exception cref="NodeDataResponseFormatException">The cursor was returned before, so the list would never end.</exception>
    public bool MoveNext(NodePage<T> page)
    {
        if (page.NextCursor is not { } next)
        {
            return false;
        }

        if (!_seenCursors.Add(next))
        {
            throw new NodeDataResponseFormatException(
                HttpStatusCode.OK,
                $"{NextEndpoint.Name}: the service returned the same cursor twice, so the list would never end. The items read so far are complete."
            );
        }

        NextEndpoint = createEndpoint(next, _pageSize);
        return true;
    }
}
