using System.Net;

namespace NodeData.Sdk.Http.Paging;

/// <summary>The way through the pages of one list: which call comes next, and whether it has been made before.</summary>
internal sealed class PageWalk<T>(Func<string?, int, Endpoint<NodePage<T>>> endpoint, string? cursor, int? pageSize)
{
    private readonly HashSet<string> _seen = cursor is null ? [] : [cursor];
    private readonly int _pageSize = pageSize ?? PageSize.Largest;

    public Endpoint<NodePage<T>> Next { get; private set; } = endpoint(cursor, pageSize ?? PageSize.Largest);

    public static int? CheckPageSize(int? pageSize)
    {
        if (pageSize is { } size)
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(size, 1, nameof(pageSize));
            ArgumentOutOfRangeException.ThrowIfGreaterThan(size, PageSize.Largest, nameof(pageSize));
        }

        return pageSize;
    }

    /// <summary>Goes on behind a page.</summary>
    /// <returns>Whether another page follows.</returns>
    /// <exception cref="NodeDataResponseFormatException">The next page was there before: the list would never end.</exception>
    public bool MoveBehind(NodePage<T> page)
    {
        if (page.NextCursor is not { } next)
        {
            return false;
        }

        if (!_seen.Add(next))
        {
            throw new NodeDataResponseFormatException(
                HttpStatusCode.OK,
                $"{Next.Name}: the service gave a cursor for the second time, so the list would never end. What was read until here is complete."
            );
        }

        Next = endpoint(next, _pageSize);
        return true;
    }
}
