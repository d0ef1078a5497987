using System.Text.Json.Serialization;

namespace NodeData.Sdk.Keys.Rotation;

/// <summary>The JSON context of the record of a rotation, serialized without reflection.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true,
    WriteIndented = true,
    RespectNullableAnnotations = true
)]
[JsonSerializable(typeof(ApiKeyRotationRecord))]
internal sealed partial class RotationJson : JsonSerializerContext;
