using System.Net;
using Microsoft.AspNetCore.Http;
using NodeData.Emulator.Responses;
using NodeData.Emulator.Serving;

namespace NodeData.Emulator.Control;

/// <summary>
/// The control API: controls an emulator over HTTP, outside <c>/v1</c> and without a key: faults, clock, recorded requests, reset, webhooks. It is available
/// only if it is enabled, and denies requests that a web page in a browser could send.
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
                        "The control API supports POST and DELETE /control/faults, GET and POST /control/clock, GET /control/requests, POST /control/reset, "
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

    // Only programs on this machine have access, whatever address the emulator listens on. A web page can make a browser send requests to this machine, also
    // under a host name of its choice, but it cannot remove the Origin header.
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
                "control_denied",
                "The control API accepts requests only from programs on this machine, at 127.0.0.1 or localhost, and not from web pages."
            );
        }
    }
}
