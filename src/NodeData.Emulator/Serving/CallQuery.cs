using System.Globalization;
using Microsoft.AspNetCore.Http;
using NodeData.Emulator.Answers;

namespace NodeData.Emulator.Serving;

/// <summary>What stands behind the question mark (contract, "Pagination").</summary>
internal readonly struct CallQuery(IQueryCollection query)
{
    public int Limit(int unlessGiven, int most)
    {
        if (!query.TryGetValue("limit", out var given))
        {
            return unlessGiven;
        }

        return
            given is [{ } text]
            && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var limit)
            && limit >= 1
            && limit <= most
            ? limit
            : throw Refusal.Invalid("limit", $"limit is a number from 1 to {most}.");
    }

    public T? Cursor<T>(Func<string, T?> read)
        where T : struct
    {
        if (!query.TryGetValue("cursor", out var given))
        {
            return null;
        }

        return (given is [{ } text] ? read(text) : null)
            ?? throw Refusal.Invalid("cursor", "cursor is not one that a page gave as next_cursor.");
    }
}
