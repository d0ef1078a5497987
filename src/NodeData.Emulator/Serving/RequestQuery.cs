using System.Globalization;
using Microsoft.AspNetCore.Http;
using NodeData.Emulator.Responses;

namespace NodeData.Emulator.Serving;

/// <summary>The query parameters (contract, "Pagination").</summary>
internal readonly struct RequestQuery(IQueryCollection query)
{
    public int GetLimit(int defaultLimit, int max)
    {
        if (!query.TryGetValue("limit", out var values))
        {
            return defaultLimit;
        }

        return
            values is [{ } text]
            && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var limit)
            && limit >= 1
            && limit <= max
            ? limit
            : throw ApiErrorException.Invalid("limit", $"limit must be an integer from 1 to {max}.");
    }

    public T? GetCursor<T>(Func<string, T?> read)
        where T : struct
    {
        if (!query.TryGetValue("cursor", out var values))
        {
            return null;
        }

        return (values is [{ } text] ? read(text) : null)
            ?? throw ApiErrorException.Invalid("cursor", "cursor must be the next_cursor of a page.");
    }
}
