using NodeData.Sdk.Credentials;
using NodeData.Sdk.Http;

namespace NodeData.Sdk.Keys;

/// <summary>The wire format of a newly created key: the only response with a secret.</summary>
internal sealed class CreatedApiKeyResponse : ApiKeyResponse
{
    public string? Secret { get; set; }

    public static ResponseReader<CreatedApiKey> CreateReader(KeyMode mode)
    {
        var read = JsonResponse.CreateReader(KeysJson.Default.CreatedApiKeyResponse, response => response);
        return (in response) =>
        {
            var created = read(response);
            return ApiKey.TryParse(created.Secret, out var secret) && secret.Mode == mode
                ? new CreatedApiKey(created.ToModel(), secret)
                : throw JsonResponse.CreateFormatException(
                    response,
                    $"created the key {created.Id}, but has no {mode.ToWireValue()} key as its secret. The secret cannot be read again; revoke that key"
                );
        };
    }
}
