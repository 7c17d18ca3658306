using System.CommandLine;

namespace Bf.Cli.Commands;

/// <summary><c>bf completion</c>: scripts for shells, which ask bf itself by the directive <c>[suggest]</c>.</summary>
internal sealed class CompletionCommand : BfCommand
{
    private static readonly Dictionary<string, string> Scripts = new(StringComparer.Ordinal)
    {
        ["bash"] = """
            _bf() {
                local line=${COMP_LINE:0:COMP_POINT}
                COMPREPLY=($(compgen -W "$("${COMP_WORDS[0]}" "[suggest:${#line}]" "$line" 2>/dev/null)" -- "${COMP_WORDS[COMP_CWORD]}"))
            }
            complete -o default -F _bf bf ./bf
            """,
        ["zsh"] = """
            #compdef bf
            _bf() {
                local -a found
                local line=${BUFFER[1,CURSOR]}
                found=("${(@f)$("${words[1]}" "[suggest:${#line}]" "$line" 2>/dev/null)}")
                compadd -- $found || _files
            }
            compdef _bf bf
            """,
        ["fish"] = """
            function __bf_complete
                set -l line (commandline -cp)
                bf "[suggest:"(string length -- $line)"]" $line 2>/dev/null
            end
            complete -c bf -a "(__bf_complete)"
            """,
        ["pwsh"] = """
            Register-ArgumentCompleter -Native -CommandName bf -ScriptBlock {
                param($word, $ast, $position)
                $line = $ast.ToString()
                bf "[suggest:$position]" "$line" 2>$null | ForEach-Object { [System.Management.Automation.CompletionResult]::new($_, $_, 'ParameterValue', $_) }
            }
            """,
    };

    private readonly Argument<string> _shell = new("SHELL") { Description = "bash, zsh, fish or pwsh" };

    public CompletionCommand()
        : base("completion", "a script that completes bf's commands and options in your shell",
            "source <(bf completion bash)", "bf completion zsh > ~/.zfunc/_bf", "bf completion fish > ~/.config/fish/completions/bf.fish", "bf completion pwsh | Out-String | Invoke-Expression")
    {
        _shell.AcceptOnlyFromAmong([.. Scripts.Keys]);
        Arguments.Add(_shell);
        Do(call =>
        {
            call.Out.Result(Scripts[call.Get(_shell)!]);
            return ExitCode.Done;
        });
    }
}
