using Microsoft.Extensions.Logging;
using NodeData.Sdk.Diagnostics;
using Polly;
using Polly.Retry;

namespace NodeData.Sdk.Http.Retries;

/// <summary>
/// Runs the retries of a call with Polly. The first attempt runs outside of the pipeline, so that a call without retries has no overhead (decision 0001). If it
/// fails, the pipeline starts: the first execution of the callback sends nothing and only reports the failure of that attempt to Polly; later executions are
/// retries.
/// </summary>
internal sealed class RetryPipeline
{
    private static readonly ResiliencePropertyKey<Call> CallKey = new("call");

    private readonly ResiliencePipeline<bool> _pipeline;
    private readonly Func<double> _jitter;

    /// <param name="timeProvider">The clock for the delays.</param>
    /// <param name="jitter">Returns random numbers from 0 to 1.</param>
    public RetryPipeline(TimeProvider timeProvider, Func<double> jitter)
    {
        _jitter = jitter;
        _pipeline = new ResiliencePipelineBuilder<bool> { TimeProvider = timeProvider }
            .AddRetry(
                new RetryStrategyOptions<bool>
                {
                    MaxRetryAttempts = int.MaxValue,
                    ShouldHandle = arguments => ValueTask.FromResult(ShouldRetry(arguments)),
                    DelayGenerator = arguments => ValueTask.FromResult<TimeSpan?>(GetCall(arguments.Context).NextDelay),
                }
            )
            .Build();
    }

    /// <summary>Runs retries until one succeeds or no further retry is allowed; then <see cref="Call.Exception"/> is the exception of the last attempt.</summary>
    public void Run<TCall>(TCall call, Action<TCall> attempt)
        where TCall : Call
    {
        var context = CreateContext(call);
        try
        {
            _pipeline.Execute(
                static (_, state) =>
                {
                    if (state.call.NextDelay is not null)
                    {
                        state.attempt(state.call);
                    }

                    return state.call.Exception is null;
                },
                context,
                (call, attempt)
            );
        }
        finally
        {
            ResilienceContextPool.Shared.Return(context);
        }
    }

    /// <inheritdoc cref="Run"/>
    public async ValueTask RunAsync<TCall>(TCall call, Func<TCall, ValueTask> attempt)
        where TCall : Call
    {
        var context = CreateContext(call);
        try
        {
            await _pipeline
                .ExecuteAsync(
                    static async (_, state) =>
                    {
                        if (state.call.NextDelay is not null)
                        {
                            await state.attempt(state.call).ConfigureAwait(false);
                        }

                        return state.call.Exception is null;
                    },
                    context,
                    (call, attempt)
                )
                .ConfigureAwait(false);
        }
        finally
        {
            ResilienceContextPool.Shared.Return(context);
        }
    }

    private static ResilienceContext CreateContext(Call call)
    {
        var context = ResilienceContextPool.Shared.Get(continueOnCapturedContext: false, call.CancellationToken);
        context.Properties.Set(CallKey, call);
        return context;
    }

    private static Call GetCall(ResilienceContext context) => context.Properties.GetValue(CallKey, null!);

    private static string GetReason(NodeDataException exception) =>
        exception is NodeDataApiException apiException
            ? $"{(int)apiException.Status} {apiException.Code}".TrimEnd()
            : exception.GetType().Name;

    private bool ShouldRetry(RetryPredicateArguments<bool> arguments)
    {
        var call = GetCall(arguments.Context);
        if (
            call.Exception is not { } exception
            || arguments.AttemptNumber >= call.MaxRetries
            || !RetryRules.CanRetry(call.Endpoint, exception)
        )
        {
            return false;
        }

        // If the delay exceeds the maximum or the remaining time, the call fails immediately, and the exception contains the delay.
        var delay = RetryRules.GetDelay(exception, arguments.AttemptNumber, _jitter());
        call.NextDelay = delay;
        if (delay > call.MaxRetryAfter || call.ExpiresWithin(delay))
        {
            return false;
        }

        if (call.Logger.IsEnabled(LogLevel.Information))
        {
            call.Logger.Retrying(call.Endpoint.Name, delay, GetReason(exception), call.Attempts);
        }

        return true;
    }
}
