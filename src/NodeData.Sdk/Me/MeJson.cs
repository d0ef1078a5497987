using System.Text.Json.Serialization;

namespace NodeData.Sdk.Me;

/// <summary>The source-generated serialization metadata of the account operations.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, RespectNullableAnnotations = true)]
[JsonSerializable(typeof(AccountResponse))]
internal sealed partial class MeJson : JsonSerializerContext;
