using NodeData.Sdk.Tests.Webhooks.Fuzzing;
using SharpFuzz;

// AFL++ supplies one input at a time; any exception that the target throws is a finding.
Fuzzer.OutOfProcess.Run(stream =>
{
    using var input = new MemoryStream();
    stream.CopyTo(input);
    FuzzTarget.Run(input.ToArray());
});
