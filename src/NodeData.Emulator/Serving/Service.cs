using Microsoft.AspNetCore.Http;
using NodeData.Emulator.Answers;
using NodeData.Emulator.Authentication;
using NodeData.Emulator.Control;
using NodeData.Emulator.Idempotency;
using NodeData.Emulator.Ledger;
using NodeData.Emulator.RateLimits;
using NodeData.Emulator.Storage;

namespace NodeData.Emulator.Serving;

/// <summary>The road that every request takes, from the first line to the last byte.</summary>
internal sealed class Service(
    TimeProvider clock,
    Database database,
    Authenticator authenticator,
    RouteTable routes,
    RateLimiter rateLimiter,
    IdempotencyKeys idempotencyKeys,
    EmulatorFaults faults,
    RequestLedger ledger,
    ControlSurface? control
)
{
    public async Task HandleAsync(HttpContext http)
    {
        var call = new Call(http, clock.GetUtcNow().ToUnixTimeMilliseconds());
        if (control is not null && ControlSurface.Covers(http.Request.Path))
        {
            await Sending.SendAsync(call, await control.AnswerAsync(call).ConfigureAwait(false)).ConfigureAwait(false);
            return;
        }

        var answer = await DecideAsync(call).ConfigureAwait(false);
        ledger.Record(call, answer?.Answer.Status);
        if (answer is not (var whole, var most))
        {
            http.Abort();
            return;
        }

        try
        {
            await Sending.SendAsync(call, whole, most).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
        {
            // The client went away before it had its answer.
        }
    }

    /// <summary>The answer and how many bytes of it are sent; null where none is: by a fault, or because the request never came to its end.</summary>
    private async Task<(Answer Answer, int? Most)?> DecideAsync(Call call)
    {
        var fault = faults.Take(call.Method, call.Path);
        switch (fault?.What)
        {
            case EmulatorFault.Kind.Reset:
                return null;
            case EmulatorFault.Kind.Status:
                return (fault.ToAnswer(call.RequestId), null);
        }

        try
        {
            var answer = await WorkAsync(call, fault?.Wait ?? TimeSpan.Zero).ConfigureAwait(false);
            return fault?.What is EmulatorFault.Kind.LoseAnswer
                ? null
                : (answer, fault?.What is EmulatorFault.Kind.Truncate ? fault.Bytes : null);
        }
        catch (Exception cause) when (cause is OperationCanceledException or IOException)
        {
            // The client went away, or its body is not what it announced.
            return null;
        }
    }

    private async Task<Answer> WorkAsync(Call call, TimeSpan delay)
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
            using var work = idempotencyKey is null ? null : idempotencyKeys.Begin(call.Caller.Key.Id, idempotencyKey);
            if (delay > TimeSpan.Zero)
            {
                await Task.Delay(delay, clock, call.Http.RequestAborted).ConfigureAwait(false);
            }

            var answer = Work(call, route, idempotencyKey);
            return answer with { Headers = [.. answer.Headers, .. limits] };
        }
        catch (Refusal refusal)
        {
            return refusal.With(limits).ToAnswer(call.RequestId);
        }
    }

    private Answer Work(Call call, Route route, string? idempotencyKey) =>
        database.Run(session =>
            idempotencyKey is null
                ? WorkWhereAllowed(call, route, session)
                : IdempotencyKeys.Run(call, idempotencyKey, session, () => WorkWhereAllowed(call, route, session))
        );

    private static Answer WorkWhereAllowed(Call call, Route route, Session session)
    {
        route.Access.Check(call.Caller.Key);
        return route.Work(call, session);
    }
}
