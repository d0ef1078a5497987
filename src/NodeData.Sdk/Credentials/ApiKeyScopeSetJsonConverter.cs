using System.Text.Json;
using System.Text.Json.Serialization;

namespace NodeData.Sdk.Credentials;

/// <summary>A list of words; the empty list is full access, as on the wire.</summary>
internal sealed class ApiKeyScopeSetJsonConverter : JsonConverter<ApiKeyScopeSet>
{
    public override ApiKeyScopeSet Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType is not JsonTokenType.StartArray)
        {
            throw new JsonException("Scopes are a list.");
        }

        var scopes = new List<ApiKeyScope>();
        while (reader.Read() && reader.TokenType is not JsonTokenType.EndArray)
        {
            if (reader.TokenType is not JsonTokenType.String || reader.GetString() is not { Length: > 0 } value)
            {
                throw new JsonException("A scope is a text.");
            }

            scopes.Add(ApiKeyScope.FromResponse(value));
        }

        return ApiKeyScopeSet.FromResponse(scopes);
    }

    public override void Write(Utf8JsonWriter writer, ApiKeyScopeSet value, JsonSerializerOptions options)
    {
        writer.WriteStartArray();
        foreach (var scope in value)
        {
            writer.WriteStringValue(scope.Value);
        }

        writer.WriteEndArray();
    }
}
