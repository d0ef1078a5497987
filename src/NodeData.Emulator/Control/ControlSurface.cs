using System.Net;
using Microsoft.AspNetCore.Http;
using NodeData.Emulator.Answers;
using NodeData.Emulator.Serving;

namespace NodeData.Emulator.Control;

/// <summary>
/// Steers an emulator over HTTP, outside <c>/v1</c> and without a key: faults, clock, ledger, reset, webhooks. It is there only where it was asked for, and refuses
/// requests that a web page in a browser could make.
/// </summary>
internal sealed class ControlSurface(
    EmulatorClock clock,
    EmulatorFaults faults,
    Func<IReadOnlyList<RecordedRequest>> requests,
    Func<Task> reset,
    WebhookControl webhooks
)
{
    private static readonly PathString Root = "/control";

    public static bool Covers(PathString path) => path.StartsWithSegments(Root, StringComparison.Ordinal);

    public static Answer Done() => Answer.Json(200, new DoneObject(true), ControlJson.Default.DoneObject);

    public async Task<Answer> AnswerAsync(Call call)
    {
        try
        {
            RefuseStrangers(call.Http.Request);
            call.Body = await RequestBody.ReadAsync(call.Http).ConfigureAwait(false);
            return await RunAsync(call).ConfigureAwait(false);
        }
        catch (Refusal refusal)
        {
            return refusal.ToAnswer(call.RequestId);
        }
    }

    private async Task<Answer> RunAsync(Call call)
    {
        switch ($"{call.Method} {call.Http.Request.Path}")
        {
            case "POST /control/faults":
                FaultRequest.Read(call.Body).Plan(faults);
                return Done();
            case "DELETE /control/faults":
                faults.Clear();
                return Done();
            case "GET /control/clock":
                return Clock();
            case "POST /control/clock":
                ClockRequest.Read(call.Body).Move(clock);
                return Clock();
            case "GET /control/requests":
                return Answer.Json(200, new LedgerObject([.. requests().Select(LedgerEntry.From)]), ControlJson.Default.LedgerObject);
            case "POST /control/reset":
                await reset().ConfigureAwait(false);
                return Done();
            default:
                return await webhooks.RunAsync(call).ConfigureAwait(false)
                    ?? throw Refusal.NotFound(
                        "The control surface has POST and DELETE /control/faults, GET and POST /control/clock, GET /control/requests, POST /control/reset, "
                            + $"{WebhookControl.Calls}."
                    );
        }
    }

    private Answer Clock() =>
        Answer.Json(
            200,
            new ClockObject(Moment.ToWire(clock.GetUtcNow().ToUnixTimeMilliseconds()), clock.Offset.TotalSeconds),
            ControlJson.Default.ClockObject
        );

    // Whatever address the emulator listens on, only this machine steers it. A page can make a browser ask for addresses of this machine, under a name of
    // the page's choosing too; it cannot take the Origin header away.
    private static void RefuseStrangers(HttpRequest request)
    {
        var host = request.Host.Host;
        var isLoopback =
            host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
            || (IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address));
        var isFromHere = request.HttpContext.Connection.RemoteIpAddress is { } sender && IPAddress.IsLoopback(sender);
        if (request.Headers.Origin.Count > 0 || !isLoopback || !isFromHere)
        {
            throw new Refusal(
                403,
                "control_refused",
                "The control surface answers programs on this machine, at 127.0.0.1 or localhost, and no web page."
            );
        }
    }
}
