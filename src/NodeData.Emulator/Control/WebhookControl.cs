using NodeData.Emulator.Keys;
using NodeData.Emulator.Responses;
using NodeData.Emulator.Serving;
using NodeData.Emulator.Webhooks.Delivering;
using NodeData.Sdk.Webhooks;

namespace NodeData.Emulator.Control;

/// <summary>The webhook calls of the control API: events, deliveries, secrets.</summary>
internal sealed class WebhookControl(EmulatorDeliveries deliveries)
{
    public const string Calls =
        "POST /control/events, GET /control/deliveries, POST /control/deliveries/idle, POST /control/deliveries/redeliver, "
        + "POST and DELETE /control/delivery_faults and POST /control/webhook_secrets";

    private const int MaxOverlapSeconds = 366 * 86_400;

    /// <summary>Runs a webhook call and returns its response; null if the call is not a webhook call.</summary>
    public async Task<Response?> RunAsync(Call call)
    {
        switch ($"{call.Method} {call.Http.Request.Path}")
        {
            case "POST /control/events":
                return Emit(call.Body);
            case "GET /control/deliveries":
                return List();
            case "POST /control/deliveries/idle":
                await deliveries.WaitForIdleAsync(call.Http.RequestAborted).ConfigureAwait(false);
                return List();
            case "POST /control/deliveries/redeliver":
                return await RedeliverAsync(call.Body).ConfigureAwait(false);
            case "POST /control/webhook_secrets":
                return RotateSecret(call.Body);
            case "POST /control/delivery_faults":
                DeliveryFaultRequest.Read(call.Body).Enqueue(deliveries.Faults);
                return ControlApi.CreateDoneResponse();
            case "DELETE /control/delivery_faults":
                deliveries.Faults.Clear();
                return ControlApi.CreateDoneResponse();
            default:
                return null;
        }
    }

    private Response Emit(ReadOnlyMemory<byte> bytes)
    {
        using var body = JsonBody.Parse(bytes);
        var mode =
            KeyModes.FromWireValue(body.GetOptionalString("mode") ?? "test")
            ?? throw ApiErrorException.Invalid("mode", "mode must be test or live.");
        var emitted = deliveries.Emit(new Emission(ReadType(body), body.GetOptionalJson("data"), mode));
        return Response.FromJson(200, EventObject.From(emitted), WebhookControlJson.Default.EventObject);
    }

    private Response List() =>
        Response.FromJson(
            200,
            new ControlDeliveryList([.. deliveries.GetAll().Select(ControlDelivery.From)]),
            WebhookControlJson.Default.ControlDeliveryList
        );

    private async Task<Response> RedeliverAsync(ReadOnlyMemory<byte> bytes)
    {
        using var body = JsonBody.Parse(bytes);
        var id = body.GetString("id");
        if (!deliveries.Contains(id))
        {
            throw ApiErrorException.NotFound("The delivery does not exist.");
        }

        try
        {
            var pending = await deliveries.RedeliverAsync(id).ConfigureAwait(false);
            return Response.FromJson(200, ControlDelivery.From(pending), WebhookControlJson.Default.ControlDelivery);
        }
        catch (InvalidOperationException cause)
        {
            throw new ApiErrorException(409, "conflict", cause.Message);
        }
    }

    private Response RotateSecret(ReadOnlyMemory<byte> bytes)
    {
        using var body = JsonBody.Parse(bytes);
        var id = body.GetString("endpoint_id");
        var overlap = TimeSpan.FromSeconds(body.GetInteger("overlap_seconds", null, 0, MaxOverlapSeconds));
        var secret = deliveries.RotateSecret(id, overlap) ?? throw ApiErrorException.NotFound("The webhook endpoint does not exist.");
        return Response.FromJson(200, new SecretObject(id, secret.Reveal()), WebhookControlJson.Default.SecretObject);
    }

    private static string ReadType(JsonBody body)
    {
        try
        {
            return new WebhookEventType(body.GetString("type")).Value;
        }
        catch (ArgumentException)
        {
            throw ApiErrorException.Invalid("type", "type must be 1 to 100 visible ASCII characters, such as payout.paid.");
        }
    }
}
