using NodeData.Emulator.Responses;
using NodeData.Emulator.Serving;

namespace NodeData.Emulator.Control;

/// <summary>
/// A fault of deliveries as the control surface takes it: <c>{"kind": "late", "seconds": 600, "count": 1, "endpoint_id": "we_…"}</c>; the other kinds are
/// <c>twice</c>, <c>out_of_order</c>, <c>stale_timestamp</c> (<c>seconds</c>), <c>wrong_signature</c>, <c>lost</c> and <c>cut_body</c> (<c>bytes</c>).
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
            "twice" => EmulatorDeliveryFault.Duplicate(),
            "out_of_order" => EmulatorDeliveryFault.Reorder(),
            "late" => EmulatorDeliveryFault.Delay(TimeSpan.FromSeconds(body.GetInteger("seconds", null, 0, MaxSeconds))),
            "stale_timestamp" => EmulatorDeliveryFault.UseStaleTimestamp(
                TimeSpan.FromSeconds(body.GetInteger("seconds", DefaultAge, 0, MaxSeconds))
            ),
            "wrong_signature" => EmulatorDeliveryFault.UseInvalidSignature(),
            "lost" => EmulatorDeliveryFault.Drop(),
            "cut_body" => EmulatorDeliveryFault.Truncate(
                body.GetOptionalNumber("bytes") is null ? null : body.GetInteger("bytes", null, 0, int.MaxValue)
            ),
            _ => throw ApiErrorException.Invalid(
                "kind",
                "kind is twice, out_of_order, late, stale_timestamp, wrong_signature, lost or cut_body."
            ),
        };
}
