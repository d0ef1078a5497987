using System.Text.Json;
using NodeData.Sdk.Credentials;

namespace NodeData.Sdk.Webhooks.Events;

/// <summary>
/// The members of a JSON object, taken out one after the other; what nobody took, or was not of the kind asked for, is left over. Of members with the same
/// name the last one counts.
/// </summary>
internal sealed class JsonMembers
{
    private readonly Dictionary<string, JsonElement> _members = [];

    /// <param name="element">An object; anything else has no members.</param>
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

    /// <summary>An integer; a number with a fraction or an exponent is none, because money is never a floating-point number.</summary>
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

        // Where the text has no offset, the machine's own time zone would be taken for it.
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
