using FsCheck;
using FsCheck.Fluent;
using Microsoft.FSharp.Core;

namespace Bf.Core.Tests;

/// <summary>Runs properties on cases that are the same in every run.</summary>
internal static class Properties
{
    public static void Hold<T>(Gen<T> cases, Action<T> property, int count = 60) =>
        Hold(Arb.From(cases), property, count);

    public static void Hold<T>(Arbitrary<T> cases, Action<T> property, int count = 60) =>
        Check.One(
            Config.QuickThrowOnFailure
                .WithMaxTest(count)
                .WithQuietOnSuccess(true)
                .WithReplay(FSharpOption<Replay>.Some(new Replay(new Rnd(20240229, 1618033989), FSharpOption<int>.None))),
            Prop.ForAll(cases, property));
}
