using NodeData.Emulator.Responses;
using NodeData.Emulator.Serving;

namespace NodeData.Emulator.Control;

/// <summary>
/// A fault as the control surface takes it: <c>{"kind": "status", "path": "/keys", "count": 1, "method": "POST", "status": 503, "body": "…",
/// "headers": {"Retry-After": "1"}}</c>; the other kinds are <c>maintenance</c> and <c>delay</c> (<c>seconds</c>), <c>reset</c>, <c>truncate</c> (<c>bytes</c>) and
/// <c>lose_answer</c>.
/// </summary>
internal sealed record FaultRequest(int Count, string Path, string? Method, EmulatorFault Fault)
{
    public static FaultRequest Read(ReadOnlyMemory<byte> bytes)
    {
        using var body = JsonBody.Parse(bytes);
        var path = body.GetString("path");
        return path == "*" || path.StartsWith('/')
            ? new FaultRequest(body.GetInteger("count", 1, 1, 1_000_000), path, body.GetOptionalString("method"), ReadFault(body))
            : throw ApiErrorException.Invalid("path", "path is one under /v1, such as /keys, or * for any.");
    }

    public void Enqueue(EmulatorFaults faults) => faults.Enqueue(Path, Fault, Count, Method);

    private static EmulatorFault ReadFault(JsonBody body) =>
        body.GetString("kind") switch
        {
            "status" => EmulatorFault.RespondWith(
                body.GetInteger("status", null, 200, 599),
                body.GetOptionalString("body"),
                ReadHeaders(body),
                body.GetOptionalString("content_type") ?? Response.JsonContentType
            ),
            "maintenance" => EmulatorFault.RespondWithMaintenance(TimeSpan.FromSeconds(body.GetInteger("seconds", null, 0, 86_400))),
            "delay" => EmulatorFault.Delay(TimeSpan.FromSeconds(body.GetInteger("seconds", null, 0, 86_400))),
            "reset" => EmulatorFault.ResetConnection(),
            "truncate" => EmulatorFault.Truncate(body.GetInteger("bytes", 0, 0, int.MaxValue)),
            "lose_answer" => EmulatorFault.DropResponse(),
            _ => throw ApiErrorException.Invalid("kind", "kind is status, maintenance, delay, reset, truncate or lose_answer."),
        };

    private static IReadOnlyDictionary<string, string>? ReadHeaders(JsonBody body)
    {
        var headers = body.GetOptionalMap("headers");
        return headers is null || headers.All(header => Header.IsAllowed(header.Key, header.Value))
            ? headers
            : throw ApiErrorException.Invalid("headers", "headers has a name or a value that HTTP does not allow.");
    }
}
