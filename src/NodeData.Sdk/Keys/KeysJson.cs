using System.Text.Json.Serialization;
using NodeData.Sdk.Http.Paging;

namespace NodeData.Sdk.Keys;

/// <summary>The JSON context of the key calls: their wire formats, serialized without reflection.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectNullableAnnotations = true
)]
[JsonSerializable(typeof(CreateKeyRequest))]
[JsonSerializable(typeof(RevokeKeyRequest))]
[JsonSerializable(typeof(ApiKeyResponse))]
[JsonSerializable(typeof(CreatedApiKeyResponse))]
[JsonSerializable(typeof(PageResponse<ApiKeyResponse>))]
internal sealed partial class KeysJson : JsonSerializerContext;
