using System.Collections.ObjectModel;
using System.Text.Json;

namespace NodeData.Sdk.Webhooks;

/// <summary>
/// Represents a purchase. The service does not document its format; these members are assumed from an example in the contract's signed bodies, and any of them
/// may be missing. Immutable.
/// </summary>
public sealed record ListingPurchase
{
    /// <summary>Gets the listing's slug, such as <c>grip-v0</c> (an assumption from the example).</summary>
    public string? Listing { get; init; }

    /// <summary>
    /// Gets the price in the smallest unit of its currency (an assumption from the member's name). Null if the member is missing or is not an integer; if it is
    /// not an integer, <see cref="AdditionalMembers"/> contains it unchanged.
    /// </summary>
    public long? AmountCents { get; init; }

    /// <summary>Gets the members of the data that have no property in this class; secrets are masked.</summary>
    public IReadOnlyDictionary<string, JsonElement> AdditionalMembers { get; init; } = ReadOnlyDictionary<string, JsonElement>.Empty;
}
