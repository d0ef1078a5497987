using System.Collections.ObjectModel;
using System.Text.Json;

namespace NodeData.Sdk.Webhooks;

/// <summary>
/// Represents a purchase. The service does not document its format; these members are taken from an example among the contract's signed bodies, and any of them
/// may be missing. Immutable.
/// </summary>
public sealed record ListingPurchase
{
    /// <summary>The listing's slug, such as <c>grip-v0</c> (an assumption from the example).</summary>
    public string? Listing { get; init; }

    /// <summary>
    /// The price in the smallest unit of its currency (an assumption from the member's name). Null if the member is missing or is not an integer; in the latter
    /// case <see cref="AdditionalMembers"/> contains it unchanged.
    /// </summary>
    public long? AmountCents { get; init; }

    /// <summary>Members of the data that have no property here; secrets are masked.</summary>
    public IReadOnlyDictionary<string, JsonElement> AdditionalMembers { get; init; } = ReadOnlyDictionary<string, JsonElement>.Empty;
}
