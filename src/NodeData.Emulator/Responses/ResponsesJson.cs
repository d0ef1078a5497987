using System.Text.Json.Serialization;

namespace NodeData.Emulator.Responses;

/// <summary>The error format of the service (contract, "Errors").</summary>
internal sealed record ErrorBody(ErrorObject Error);

internal sealed record ErrorObject(string Code, string Message, string? Field, string RequestId);

/// <summary>The gateway error format: the error format of the gateway in front of the service (contract, "Errors").</summary>
internal sealed record GateBody(string Error, string Message, long RetryAfterSeconds);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull
)]
[JsonSerializable(typeof(ErrorBody))]
[JsonSerializable(typeof(GateBody))]
internal sealed partial class ResponsesJson : JsonSerializerContext;
