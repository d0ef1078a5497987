using System.Net;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace NodeData.Sdk.Http.Paging;

/// <summary>Iterates over the pages of one list: determines the next call, and detects a list that would never end (contract, "Pagination").</summary>
internal sealed class PageIterator<T>(Func<string?, int, Endpoint<NodePage<T>>> createEndpoint, string? cursor, int? pageSize)
{
    private const int MaxEmptyPages = 100;

    // Digests, because a cursor may be long, and a list may have many.
    private readonly HashSet<UInt128> _seenCursors = cursor is null ? [] : [GetDigest(cursor)];
    private readonly int _pageSize = pageSize ?? PageSize.Max;

    private int _emptyPages;

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
    /// <exception cref="NodeDataResponseFormatException">The cursor was returned before, or this is the hundredth empty page in a row, so the list would never end.</exception>
    public bool MoveNext(NodePage<T> page)
    {
        if (page.NextCursor is not { } next)
        {
            return false;
        }

        _emptyPages = page.Items.Count == 0 ? _emptyPages + 1 : 0;
        if (_emptyPages == MaxEmptyPages)
        {
            throw CreateException($"{MaxEmptyPages} empty pages in a row");
        }

        if (!_seenCursors.Add(GetDigest(next)))
        {
            throw CreateException("the same cursor twice");
        }

        NextEndpoint = createEndpoint(next, _pageSize);
        return true;
    }

    private static UInt128 GetDigest(string cursor) => MemoryMarshal.Read<UInt128>(SHA256.HashData(MemoryMarshal.AsBytes(cursor.AsSpan())));

    private NodeDataResponseFormatException CreateException(string problem) =>
        new(
            HttpStatusCode.OK,
            $"{NextEndpoint.Name}: the service returned {problem}, so the list would never end. The items read so far are complete."
        );
}
