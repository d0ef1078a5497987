using System.Collections.ObjectModel;
using System.Text.Json;

namespace NodeData.Sdk.Webhooks;

/// <summary>
/// What was bought. The service documents no shape; these members are taken from an example among the contract's signed bodies, and any may be missing.
/// Immutable.
/// </summary>
public sealed record ListingPurchase
{
    /// <summary>The listing's name in addresses, such as <c>grip-v0</c> (assumed from its look).</summary>
    public string? Listing { get; init; }

    /// <summary>
    /// The price, an integer of the smallest unit of its currency (assumed from its name). Null where it is missing or no integer; then it stands in
    /// <see cref="AdditionalMembers"/> as it came.
    /// </summary>
    public long? AmountCents { get; init; }

    /// <summary>What the data said beyond the members above; secrets masked.</summary>
    public IReadOnlyDictionary<string, JsonElement> AdditionalMembers { get; init; } = ReadOnlyDictionary<string, JsonElement>.Empty;
}
