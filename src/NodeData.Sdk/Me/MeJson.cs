using System.Text.Json.Serialization;

namespace NodeData.Sdk.Me;

/// <summary>The wire shapes of the account calls, read without reflection.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, RespectNullableAnnotations = true)]
[JsonSerializable(typeof(AccountResponse))]
internal sealed partial class MeJson : JsonSerializerContext;
