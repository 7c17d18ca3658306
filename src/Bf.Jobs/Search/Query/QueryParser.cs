using System.Text;

namespace Bf.Jobs.Search.Query;

/// <summary>
/// Reads a query: <c>field:value</c>, <c>field:>70</c>, <c>field:[a TO b]</c>, words, <c>AND</c>, <c>OR</c>, <c>NOT</c>, parentheses, quotes.
/// What stands side by side has to hold together; AND binds closer than OR.
/// </summary>
internal sealed class QueryParser
{
    private const int Deepest = 100;
    private readonly QueryText _query;
    private readonly string _text;
    private int _at;
    private int _depth;

    private QueryParser(QueryText query) => (_query, _text) = (query, query.Text);

    /// <summary>Reads a query.</summary>
    /// <exception cref="FormatException">It can't be read; the message points at the place.</exception>
    public static QueryNode Parse(QueryText query)
    {
        var parser = new QueryParser(query);
        parser.Skip();
        if (parser.IsEnd)
        {
            return new AndNode([]);
        }

        var node = parser.Or(null);
        return parser.IsEnd ? node : throw query.Error(parser._at, $"'{parser._text[parser._at]}' closes nothing");
    }

    private bool IsEnd => _at == _text.Length;

    private char Now => _at < _text.Length ? _text[_at] : '\0';

    private QueryNode Or(QueryWord? field)
    {
        List<QueryNode> parts = [And(field)];
        while (Takes("OR"))
        {
            parts.Add(And(field));
        }

        return parts.Count == 1 ? parts[0] : new OrNode(parts);
    }

    private QueryNode And(QueryWord? field)
    {
        List<QueryNode> parts = [Not(field)];
        while (true)
        {
            Skip();
            if (!Takes("AND") && (IsEnd || Now is ')' || Sees("OR")))
            {
                return parts.Count == 1 ? parts[0] : new AndNode(parts);
            }

            parts.Add(Not(field));
        }
    }

    private QueryNode Not(QueryWord? field)
    {
        if (++_depth > Deepest)
        {
            throw _query.Error(_at, $"more than {Deepest} parentheses and NOTs lie within each other");
        }

        var node = Takes("NOT") ? new NotNode(Not(field)) : Primary(field);
        _depth--;
        return node;
    }

    private QueryNode Primary(QueryWord? field)
    {
        Skip();
        if (Now == '(')
        {
            var open = _at++;
            var inside = Or(field);
            Skip();
            return Now == ')' && _at++ >= 0 ? inside : throw _query.Error(open, "this parenthesis is not closed");
        }

        if (Sees("AND") || Sees("OR") || IsEnd || Now == ')')
        {
            throw _query.Error(_at, "here a condition is missing, such as score:>70");
        }

        if (field is not null)
        {
            return Value(field);
        }

        var word = Word(withColon: false, "a field or a word");
        if (Now != ':' || word.Quoted)
        {
            return new Clause(null, word, word, true, true);
        }

        _at++;
        return Now == '(' ? Primary(word) : Value(word);
    }

    private Clause Value(QueryWord field)
    {
        if (Now is '>' or '<')
        {
            var isAbove = _text[_at++] == '>';
            var with = Now == '=' && _at++ >= 0;
            var bound = Word(withColon: true, "a value");
            return isAbove ? new(field, bound, null, with, true) : new(field, null, bound, true, with);
        }

        if (Now is '[' or '{')
        {
            var open = _at;
            var withLow = _text[_at++] == '[';
            Skip();
            var low = Word(withColon: true, "the lower end");
            if (!Takes("TO"))
            {
                throw _query.Error(_at, "a range is written [60 TO 80], or {60 TO 80} without its ends");
            }

            Skip();
            var high = Word(withColon: true, "the upper end");
            Skip();
            return Now is ']' or '}' ? new(field, Open(low), Open(high), withLow, _text[_at++] == ']') : throw _query.Error(open, "this range is not closed");
        }

        var value = Word(withColon: true, $"a value after {field.Text}:");
        return new(field, value, value, true, true);
    }

    private static QueryWord? Open(QueryWord word) => word is { Text: "*", Quoted: false } ? null : word;

    private QueryWord Word(bool withColon, string what)
    {
        var (start, text) = (_at, new StringBuilder());
        if (Now == '"')
        {
            for (_at++; !IsEnd && Now != '"'; _at++)
            {
                _at += Now == '\\' && _at + 1 < _text.Length ? 1 : 0;
                text.Append(Now);
            }

            return _at++ < _text.Length ? new(text.ToString(), start, true) : throw _query.Error(start, "this quote is not closed");
        }

        while (!IsEnd && !char.IsWhiteSpace(Now) && Now is not ('(' or ')' or '[' or ']' or '{' or '}' or '"' or '<' or '>') && (withColon || Now != ':'))
        {
            text.Append(_text[_at++]);
        }

        return text.Length > 0 ? new(text.ToString(), start, false) : throw _query.Error(_at, IsEnd ? $"{what} is missing" : $"'{Now}' can't stand here: {what} is missing");
    }

    private void Skip()
    {
        while (!IsEnd && char.IsWhiteSpace(Now))
        {
            _at++;
        }
    }

    /// <summary>Goes past a word in capitals, where it stands next.</summary>
    private bool Takes(string word)
    {
        Skip();
        var there = Sees(word);
        _at += there ? word.Length : 0;
        return there;
    }

    private bool Sees(string word) => _text.AsSpan(_at).StartsWith(word, StringComparison.Ordinal)
        && (_at + word.Length == _text.Length || char.IsWhiteSpace(_text[_at + word.Length]) || _text[_at + word.Length] is '(' or ')' or '"');
}
