using System.Net;

namespace NodeData.Sdk.Http.Paging;

/// <summary>The way through the pages of one list: which call comes next, and whether it has been made before.</summary>
internal sealed class PageIterator<T>(Func<string?, int, Endpoint<NodePage<T>>> endpoint, string? cursor, int? pageSize)
{
    private readonly HashSet<string> _seenCursors = cursor is null ? [] : [cursor];
    private readonly int _pageSize = pageSize ?? PageSize.Max;

    public Endpoint<NodePage<T>> NextEndpoint { get; private set; } = endpoint(cursor, pageSize ?? PageSize.Max);

    public static int? ValidatePageSize(int? pageSize)
    {
        if (pageSize is { } value)
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1, nameof(pageSize));
            ArgumentOutOfRangeException.ThrowIfGreaterThan(value, PageSize.Max, nameof(pageSize));
        }

        return pageSize;
    }

    /// <summary>Goes on behind a page.</summary>
    /// <returns>Whether another page follows.</returns>
    /// <exception cref="NodeDataResponseFormatException">The next page was there before: the list would never end.</exception>
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
                $"{NextEndpoint.Name}: the service gave a cursor for the second time, so the list would never end. What was read until here is complete."
            );
        }

        NextEndpoint = endpoint(next, _pageSize);
        return true;
    }
}
