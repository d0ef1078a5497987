using NodeData.Emulator.Responses;
using NodeData.Emulator.Serving;

namespace NodeData.Emulator.Control;

/// <summary>
/// A delivery fault in the shape of the control API: <c>{"kind": "delay", "seconds": 600, "count": 1, "endpoint_id": "we_…"}</c>; the other kinds are
/// <c>duplicate</c>, <c>reorder</c>, <c>use_stale_timestamp</c> (<c>seconds</c>), <c>use_invalid_signature</c>, <c>drop</c> and <c>truncate</c> (<c>bytes</c>).
/// </summary>
internal sealed record DeliveryFaultRequest(int Count, EmulatorDeliveryFault Fault, string? EndpointId)
{
    private const int MaxSeconds = 365 * 86_400;
    private const int DefaultAge = 600;

    public static DeliveryFaultRequest Read(ReadOnlyMemory<byte> bytes)
    {
        using var body = JsonBody.Parse(bytes);
        return new DeliveryFaultRequest(body.GetInteger("count", 1, 1, 1_000_000), ReadFault(body), body.GetOptionalString("endpoint_id"));
    }

    public void Enqueue(EmulatorDeliveryFaults faults) => faults.Enqueue(Fault, Count, EndpointId);

    private static EmulatorDeliveryFault ReadFault(JsonBody body) =>
        body.GetString("kind") switch
        {
            "duplicate" => EmulatorDeliveryFault.Duplicate(),
            "reorder" => EmulatorDeliveryFault.Reorder(),
            "delay" => EmulatorDeliveryFault.Delay(TimeSpan.FromSeconds(body.GetInteger("seconds", null, 0, MaxSeconds))),
            "use_stale_timestamp" => EmulatorDeliveryFault.UseStaleTimestamp(
                TimeSpan.FromSeconds(body.GetInteger("seconds", DefaultAge, 0, MaxSeconds))
            ),
            "use_invalid_signature" => EmulatorDeliveryFault.UseInvalidSignature(),
            "drop" => EmulatorDeliveryFault.Drop(),
            "truncate" => EmulatorDeliveryFault.Truncate(
                body.GetOptionalNumber("bytes") is null ? null : body.GetInteger("bytes", null, 0, int.MaxValue)
            ),
            _ => throw ApiErrorException.Invalid(
                "kind",
                "kind must be duplicate, reorder, delay, use_stale_timestamp, use_invalid_signature, drop or truncate."
            ),
        };
}
