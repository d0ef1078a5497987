using System.Text.Json;
using System.Text.Json.Serialization;

namespace NodeData.Sdk.Credentials;

/// <summary>Converts scopes to and from a JSON array of strings; the empty array is full access, as in the service's API.</summary>
internal sealed class ApiKeyScopeSetJsonConverter : JsonConverter<ApiKeyScopeSet>
{
    public override ApiKeyScopeSet Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType is not JsonTokenType.StartArray)
        {
            throw new JsonException("Scopes must be an array.");
        }

        var scopes = new List<ApiKeyScope>();
        while (reader.Read() && reader.TokenType is not JsonTokenType.EndArray)
        {
            if (reader.TokenType is not JsonTokenType.String || reader.GetString() is not { Length: > 0 } value)
            {
                throw new JsonException("A scope must be a non-empty string.");
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
