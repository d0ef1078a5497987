using Microsoft.AspNetCore.Http;
using NodeData.Emulator.Authentication;
using NodeData.Emulator.Control;
using NodeData.Emulator.Idempotency;
using NodeData.Emulator.RateLimits;
using NodeData.Emulator.RecordedRequests;
using NodeData.Emulator.Responses;
using NodeData.Emulator.Storage;

namespace NodeData.Emulator.Serving;

/// <summary>Handles every request, from its headers to the last byte of the response.</summary>
internal sealed class Service(
    TimeProvider clock,
    Database database,
    Authenticator authenticator,
    RouteTable routes,
    RateLimiter rateLimiter,
    IdempotencyKeys idempotencyKeys,
    EmulatorFaults faults,
    RequestRecorder requestRecorder,
    ControlApi? control
)
{
    public async Task HandleAsync(HttpContext http)
    {
        var call = new Call(http, clock.GetUtcNow().ToUnixTimeMilliseconds());
        if (control is not null && ControlApi.Matches(http.Request.Path))
        {
            await ResponseSender.SendAsync(call, await control.HandleAsync(call).ConfigureAwait(false)).ConfigureAwait(false);
            return;
        }

        var result = await GetResponseAsync(call).ConfigureAwait(false);
        requestRecorder.Record(call, result?.Response.Status);
        if (result is not (var response, var maxBytes))
        {
            http.Abort();
            return;
        }

        try
        {
            await ResponseSender.SendAsync(call, response, maxBytes).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
        {
            // The client disconnected before it received the response.
        }
    }

    /// <summary>Returns the response and the number of bytes of it to send; null if none is sent, because of a fault or an incomplete request.</summary>
    private async Task<(Response Response, int? MaxBytes)?> GetResponseAsync(Call call)
    {
        var fault = faults.Dequeue(call.Method, call.Path);
        switch (fault?.Kind)
        {
            case EmulatorFault.FaultKind.ResetConnection:
                return null;
            case EmulatorFault.FaultKind.RespondWith:
                return (fault.ToResponse(call.RequestId), null);
        }

        try
        {
            var response = await ProcessAsync(call, fault?.WorkDelay ?? TimeSpan.Zero).ConfigureAwait(false);
            return fault?.Kind is EmulatorFault.FaultKind.DropResponse
                ? null
                : (response, fault?.Kind is EmulatorFault.FaultKind.Truncate ? fault.Bytes : null);
        }
        catch (Exception cause) when (cause is OperationCanceledException or IOException)
        {
            // The client disconnected, or its body does not match its headers.
            return null;
        }
    }

    private async Task<Response> ProcessAsync(Call call, TimeSpan delay)
    {
        IReadOnlyList<KeyValuePair<string, string>> limits = [];
        try
        {
            call.Caller = authenticator.Authenticate(call.Http.Request.Headers.Authorization, call.Now);
            limits = rateLimiter.Count(call.Caller.Key.Id, call.Method, call.Now);
            var route = routes.Find(call.Method, call.Path, out var value);
            call.RouteValue = value;
            call.Body = await RequestBody.ReadAsync(call.Http).ConfigureAwait(false);

            var idempotencyKey = IdempotencyKeys.Read(call.Http.Request);
            using var inProgress = idempotencyKey is null ? null : idempotencyKeys.Start(call.Caller.Key.Id, idempotencyKey);
            if (delay > TimeSpan.Zero)
            {
                await Task.Delay(delay, clock, call.Http.RequestAborted).ConfigureAwait(false);
            }

            var response = Process(call, route, idempotencyKey);
            return response with { Headers = [.. response.Headers, .. limits] };
        }
        catch (ApiErrorException error)
        {
            return error.WithHeaders(limits).ToResponse(call.RequestId);
        }
    }

    private Response Process(Call call, Route route, string? idempotencyKey) =>
        database.Run(session =>
            idempotencyKey is null
                ? ProcessIfAllowed(call, route, session)
                : IdempotencyKeys.Run(call, idempotencyKey, session, () => ProcessIfAllowed(call, route, session))
        );

    private static Response ProcessIfAllowed(Call call, Route route, Session session)
    {
        route.Access.Check(call.Caller.Key);
        return route.Handler(call, session);
    }
}
