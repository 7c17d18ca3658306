using Bf.Jobs.Spark.Board;
using Bf.Jobs.Spark.Connect;

namespace Bf.Jobs.Tests.Spark.Board;

public sealed class RunNoteTests
{
    private static readonly DateTimeOffset Noon = new(2025, 3, 4, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("anna")]
    [InlineData("müller@firm; DROP")]
    public void A_place_goes_through_the_name_of_a_view(string user)
    {
        var place = new SessionPlace(Guid.NewGuid(), Guid.NewGuid(), user);

        Assert.Matches("^[a-z0-9_]+$", place.ToName());
        Assert.True(SessionPlace.TryParse(place.ToName(), out var read));
        Assert.Equal(place, read);
    }

    [Theory]
    [InlineData("other")]
    [InlineData("bf_run_")]
    [InlineData("bf_run_1_2_3")]
    [InlineData("bf_run_00000000000000000000000000000000_00000000000000000000000000000000_abc")]
    [InlineData("bf_run_00000000000000000000000000000000_00000000000000000000000000000000_xy")]
    [InlineData("bf_run_00000000000000000000000000000000_00000000000000000000000000000000_")]
    public void A_view_of_somebody_else_is_no_place(string name) => Assert.False(SessionPlace.TryParse(name, out _));

    [Fact]
    public void A_note_goes_through_settings()
    {
        var note = new RunNote
        {
            Run = "20250304T120000.000Z-abc123", Command = "signals generate --universe 'a, b'", By = "anna@mill", Began = Noon, Alive = Noon.AddSeconds(2.25),
            Stages = [new(3, 8, 5, 1_000_000_000_000, false), new(4, 0, 0, 0, true)],
        };

        var read = RunNote.Of(Settings(note))!;

        Assert.Equal(note with { Stages = [] }, read with { Stages = [] });
        Assert.Equal(note.Stages, read.Stages);
    }

    [Fact]
    public void Settings_that_tell_of_no_run_are_no_note_and_a_stage_that_is_none_is_left_out()
    {
        var settings = Settings(new() { Run = "r", Command = "", By = "b", Began = Noon, Alive = Noon, Stages = [new(1, 2, 1, 0, false)] });
        settings["stages"] += " 7:x:1:1:1 8:1 9:1:1:1:5";

        Assert.Equal([new SparkStage(1, 2, 1, 0, false)], RunNote.Of(settings)!.Stages);
        Assert.All((string[])["run", "command", "by", "began", "alive"], missing => Assert.Null(RunNote.Of(settings.Where(s => s.Key != missing).ToDictionary())));
        settings["alive"] = "yesterday";
        Assert.Null(RunNote.Of(settings));
    }

    private static Dictionary<string, string> Settings(RunNote note) => note.ToSettings().ToDictionary(s => s.Key[RunNote.Prefix.Length..], s => s.Value);
}
