using BenchmarkDotNet.Running;
using NodeData.Sdk.Benchmarks;

if (args is ["ratios"])
{
    VerifyRatios.Print();
    return;
}

BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
