using System.Text.Json;
using NodeData.Sdk.Credentials;

namespace NodeData.Sdk.Webhooks.Events;

/// <summary>
/// The members of a JSON object. Each <c>Take</c> method removes the member that it returns; all other members, and members with an unexpected JSON type,
/// remain. If several members have the same name, the last one is used.
/// </summary>
internal sealed class JsonMembers
{
    private readonly Dictionary<string, JsonElement> _members = [];

    /// <param name="element">The JSON object; an element of a different type has no members.</param>
    public JsonMembers(JsonElement element)
    {
        if (element.ValueKind is not JsonValueKind.Object)
        {
            return;
        }

        foreach (var member in element.EnumerateObject())
        {
            _members[member.Name] = member.Value;
        }
    }

    public string? TakeString(string name) =>
        _members.TryGetValue(name, out var value) && value.ValueKind is JsonValueKind.String && value.GetString() is { Length: > 0 } text
            ? Take(name, text)
            : null;

    /// <summary>Takes an integer; null if the number has a fraction or an exponent, because amounts are never floating-point numbers.</summary>
    public long? TakeInteger(string name) =>
        _members.TryGetValue(name, out var value) && value.ValueKind is JsonValueKind.Number && value.TryGetInt64(out var number)
            ? Take(name, number)
            : null;

    public DateTimeOffset? TakeTimestamp(string name)
    {
        if (
            !_members.TryGetValue(name, out var value)
            || value.ValueKind is not JsonValueKind.String
            || !value.TryGetDateTime(out var local)
            || !value.TryGetDateTimeOffset(out var timestamp)
        )
        {
            return null;
        }

        // If there is no offset, the reader assumes the machine's time zone.
        return Take(name, local.Kind is DateTimeKind.Unspecified ? new DateTimeOffset(local, TimeSpan.Zero) : timestamp);
    }

    public JsonElement? TakeElement(string name) =>
        _members.TryGetValue(name, out var value) && value.ValueKind is not JsonValueKind.Null ? Take(name, value) : null;

    public IReadOnlyDictionary<string, JsonElement> GetRemaining() => SecretJson.Mask(_members);

    private T Take<T>(string name, T value)
    {
        _members.Remove(name);
        return value;
    }
}
