using NodeData.Emulator.Responses;
using NodeData.Emulator.Serving;

namespace NodeData.Emulator.Control;

/// <summary>
/// A fault in the shape of the control API: <c>{"kind": "respond_with", "path": "/keys", "count": 1, "method": "POST", "status": 503, "body": "…",
/// "headers": {"Retry-After": "1"}}</c>; the other kinds are <c>respond_with_maintenance</c> and <c>delay</c> (<c>seconds</c>), <c>reset_connection</c>,
/// <c>truncate</c> (<c>bytes</c>) and <c>drop_response</c>.
/// </summary>
internal sealed record FaultRequest(int Count, string Path, string? Method, EmulatorFault Fault)
{
    public static FaultRequest Read(ReadOnlyMemory<byte> bytes)
    {
        using var body = JsonBody.Parse(bytes);
        var path = body.GetString("path");
        return path == "*" || path.StartsWith('/')
            ? new FaultRequest(body.GetInteger("count", 1, 1, 1_000_000), path, body.GetOptionalString("method"), ReadFault(body))
            : throw ApiErrorException.Invalid("path", "path must be a path under /v1, such as /keys, or * for any path.");
    }

    public void Enqueue(EmulatorFaults faults) => faults.Enqueue(Path, Fault, Count, Method);

    private static EmulatorFault ReadFault(JsonBody body) =>
        body.GetString("kind") switch
        {
            "respond_with" => EmulatorFault.RespondWith(
                body.GetInteger("status", null, 200, 599),
                body.GetOptionalString("body"),
                ReadHeaders(body),
                body.GetOptionalString("content_type") ?? Response.JsonContentType
            ),
            "respond_with_maintenance" => EmulatorFault.RespondWithMaintenance(
                TimeSpan.FromSeconds(body.GetInteger("seconds", null, 0, 86_400))
            ),
            "delay" => EmulatorFault.Delay(TimeSpan.FromSeconds(body.GetInteger("seconds", null, 0, 86_400))),
            "reset_connection" => EmulatorFault.ResetConnection(),
            "truncate" => EmulatorFault.Truncate(body.GetInteger("bytes", 0, 0, int.MaxValue)),
            "drop_response" => EmulatorFault.DropResponse(),
            _ => throw ApiErrorException.Invalid(
                "kind",
                "kind must be respond_with, respond_with_maintenance, delay, reset_connection, truncate or drop_response."
            ),
        };

    private static IReadOnlyDictionary<string, string>? ReadHeaders(JsonBody body)
    {
        var headers = body.GetOptionalMap("headers");
        return headers is null || headers.All(header => Header.IsAllowed(header.Key, header.Value))
            ? headers
            : throw ApiErrorException.Invalid("headers", "headers contains a name or a value that is not allowed in HTTP.");
    }
}
