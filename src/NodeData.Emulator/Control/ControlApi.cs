using System.Net;
using Microsoft.AspNetCore.Http;
using NodeData.Emulator.Responses;
using NodeData.Emulator.Serving;

namespace NodeData.Emulator.Control;

/// <summary>
/// Steers an emulator over HTTP, outside <c>/v1</c> and without a key: faults, clock, ledger, reset, webhooks. It is there only where it was asked for, and refuses
/// requests that a web page in a browser could make.
/// </summary>
internal sealed class ControlApi(
    EmulatorClock clock,
    EmulatorFaults faults,
    Func<IReadOnlyList<RecordedRequest>> requests,
    Func<Task> reset,
    WebhookControl webhooks
)
{
    private static readonly PathString Root = "/control";

    public static bool Matches(PathString path) => path.StartsWithSegments(Root, StringComparison.Ordinal);

    public static Response CreateDoneResponse() => Response.FromJson(200, new DoneObject(true), ControlJson.Default.DoneObject);

    public async Task<Response> HandleAsync(Call call)
    {
        try
        {
            RequireLocalClient(call.Http.Request);
            call.Body = await RequestBody.ReadAsync(call.Http).ConfigureAwait(false);
            return await RunAsync(call).ConfigureAwait(false);
        }
        catch (ApiErrorException error)
        {
            return error.ToResponse(call.RequestId);
        }
    }

    private async Task<Response> RunAsync(Call call)
    {
        switch ($"{call.Method} {call.Http.Request.Path}")
        {
            case "POST /control/faults":
                FaultRequest.Read(call.Body).Enqueue(faults);
                return CreateDoneResponse();
            case "DELETE /control/faults":
                faults.Clear();
                return CreateDoneResponse();
            case "GET /control/clock":
                return GetClock();
            case "POST /control/clock":
                ClockRequest.Read(call.Body).Apply(clock);
                return GetClock();
            case "GET /control/requests":
                return Response.FromJson(
                    200,
                    new RecordedRequestList([.. requests().Select(RecordedRequestObject.From)]),
                    ControlJson.Default.RecordedRequestList
                );
            case "POST /control/reset":
                await reset().ConfigureAwait(false);
                return CreateDoneResponse();
            default:
                return await webhooks.RunAsync(call).ConfigureAwait(false)
                    ?? throw ApiErrorException.NotFound(
                        "The control surface has POST and DELETE /control/faults, GET and POST /control/clock, GET /control/requests, POST /control/reset, "
                            + $"{WebhookControl.Calls}."
                    );
        }
    }

    private Response GetClock() =>
        Response.FromJson(
            200,
            new ClockObject(WireTime.Format(clock.GetUtcNow().ToUnixTimeMilliseconds()), clock.Offset.TotalSeconds),
            ControlJson.Default.ClockObject
        );

    // Whatever address the emulator listens on, only this machine steers it. A page can make a browser ask for addresses of this machine, under a name of
    // the page's choosing too; it cannot take the Origin header away.
    private static void RequireLocalClient(HttpRequest request)
    {
        var host = request.Host.Host;
        var isLocalHost =
            host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
            || (IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address));
        var isLocalClient = request.HttpContext.Connection.RemoteIpAddress is { } sender && IPAddress.IsLoopback(sender);
        if (request.Headers.Origin.Count > 0 || !isLocalHost || !isLocalClient)
        {
            throw new ApiErrorException(
                403,
                "control_refused",
                "The control surface answers programs on this machine, at 127.0.0.1 or localhost, and no web page."
            );
        }
    }
}
