using NodeData.Emulator.Answers;
using NodeData.Emulator.Keys;
using NodeData.Emulator.Serving;
using NodeData.Emulator.Webhooks.Delivering;
using NodeData.Sdk.Webhooks;

namespace NodeData.Emulator.Control;

/// <summary>The part of the control surface that steers webhooks: events, deliveries, secrets.</summary>
internal sealed class WebhookControl(EmulatorDeliveries deliveries)
{
    public const string Calls =
        "POST /control/events, GET /control/deliveries, POST /control/deliveries/idle, POST /control/deliveries/redeliver, "
        + "POST and DELETE /control/delivery_faults and POST /control/webhook_secrets";

    private const int MostOverlapSeconds = 366 * 86_400;

    /// <summary>The answer; null where the call is none of these.</summary>
    public async Task<Answer?> RunAsync(Call call)
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
                return ReplaceSecret(call.Body);
            case "POST /control/delivery_faults":
                DeliveryFaultRequest.Read(call.Body).Plan(deliveries.Faults);
                return ControlSurface.Done();
            case "DELETE /control/delivery_faults":
                deliveries.Faults.Clear();
                return ControlSurface.Done();
            default:
                return null;
        }
    }

    private Answer Emit(ReadOnlyMemory<byte> bytes)
    {
        using var body = JsonBody.Parse(bytes);
        var mode = KeyModes.FromWord(body.OptionalText("mode") ?? "test") ?? throw Refusal.Invalid("mode", "mode is test or live.");
        var emitted = deliveries.Emit(new Emission(TypeIn(body), body.OptionalJson("data"), mode));
        return Answer.Json(200, EventObject.From(emitted), WebhookControlJson.Default.EventObject);
    }

    private Answer List() =>
        Answer.Json(
            200,
            new ControlledDeliveryList([.. deliveries.GetAll().Select(ControlledDelivery.From)]),
            WebhookControlJson.Default.ControlledDeliveryList
        );

    private async Task<Answer> RedeliverAsync(ReadOnlyMemory<byte> bytes)
    {
        using var body = JsonBody.Parse(bytes);
        var id = body.Text("id");
        if (!deliveries.Has(id))
        {
            throw Refusal.NotFound("There is no such delivery.");
        }

        try
        {
            var again = await deliveries.RedeliverAsync(id).ConfigureAwait(false);
            return Answer.Json(200, ControlledDelivery.From(again), WebhookControlJson.Default.ControlledDelivery);
        }
        catch (InvalidOperationException cause)
        {
            throw new Refusal(409, "conflict", cause.Message);
        }
    }

    private Answer ReplaceSecret(ReadOnlyMemory<byte> bytes)
    {
        using var body = JsonBody.Parse(bytes);
        var id = body.Text("endpoint_id");
        var overlap = TimeSpan.FromSeconds(body.WholeNumber("overlap_seconds", null, 0, MostOverlapSeconds));
        var secret = deliveries.ReplaceSecret(id, overlap) ?? throw Refusal.NotFound("There is no such webhook endpoint.");
        return Answer.Json(200, new SecretObject(id, secret.Reveal()), WebhookControlJson.Default.SecretObject);
    }

    private static string TypeIn(JsonBody body)
    {
        try
        {
            return new WebhookEventType(body.Text("type")).Value;
        }
        catch (ArgumentException)
        {
            throw Refusal.Invalid("type", "type is 1 to 100 visible ASCII characters, such as payout.paid.");
        }
    }
}
