import Annals

/// The files of a bundle that was just begun. It runs as it is, on any dataset with figures.
struct BundleTemplate {
  let id: String

  var files: [BundleFile] {
    [
      file("README.md", readme), file(Manifest.path, manifest),
      file("data/town/datapackage.json", dataset), file("data/town/events.csv", events),
      file("data/town/figures.csv", figures), file("goldens/lowest.txt", lowest),
      file("goldens/tolls.csv", tolls), file("report.lua", report), file("tolls.lua", module),
    ]
  }

  private func file(_ path: String, _ text: String) -> BundleFile {
    BundleFile(path: path, bytes: Array(text.utf8))
  }

  private var manifest: String {
    """
    {
      "format": 1,
      "id": "\(id)",
      "version": "0.1.0",
      "title": "Tolls by measure",
      "summary": "Adds up what is claimed of the killed, injured and so on.",
      "authors": [
        "Your name"
      ],
      "licence": "CC-BY-4.0",
      "annals": ">=\(AnnalsCommand.version)",
      "scripts": {
        "main": "report.lua"
      },
      "needs": {
        "figures": {
          "event": "reference",
          "measure": "text",
          "unit": "text",
          "value": "figure",
          "population": "text",
          "quantity": "text",
          "disjoint": "text",
          "accumulation": "text"
        }
      },
      "tests": {
        "tolls": {
          "data": "data/town",
          "goldens": [
            "goldens/tolls.csv"
          ]
        },
        "lowest": {
          "data": "data/town",
          "parameters": {
            "claims": "lowest"
          },
          "goldens": [
            "goldens/lowest.txt"
          ]
        }
      }
    }

    """
  }

  private var report: String {
    """
    -- Tolls by measure
    --
    -- Of several claims about one quantity one is kept, by the policy that --claims names.

    local tolls = require "tolls"

    local p = params {
      { "claims", default = "highest", choices = { "highest", "lowest", "latest", "widest" },
        help = "which claim counts where several are about one quantity" },
    }

    return tolls.by_measure(data.figures, p.claims)

    """
  }

  private var module: String {
    """
    -- How tolls are added up.

    local tolls = {}

    function tolls.by_measure(figures, claims)
      return figures
        :where("value ~= nil")
        :resolve(claims)
        :group("measure", "unit", "accumulation")
        :aggregate("toll = sum(value)", "claims = sum(claims)")
    end

    return tolls

    """
  }

  private var dataset: String {
    """
    {
      "name": "town",
      "title": "Two days in a town (made up)",
      "licenses": [{"name": "CC0-1.0"}],
      "annals:model": "1",
      "resources": [
        {
          "name": "events",
          "path": "events.csv",
          "schema": {
            "fields": [
              {"name": "id", "type": "string"},
              {"name": "date", "type": "date"},
              {"name": "title", "type": "string"}
            ],
            "primaryKey": "id"
          }
        },
        {
          "name": "figures",
          "path": "figures.csv",
          "schema": {
            "fields": [
              {"name": "id", "type": "string"},
              {"name": "event", "type": "string"},
              {"name": "measure", "type": "string"},
              {"name": "unit", "type": "string"},
              {"name": "population", "type": "string"},
              {"name": "quantity", "type": "string"},
              {"name": "disjoint", "type": "string"},
              {"name": "accumulation", "type": "string"},
              {"name": "low", "type": "integer"},
              {"name": "best", "type": "integer"},
              {"name": "high", "type": "integer"}
            ],
            "primaryKey": "id",
            "foreignKeys": [
              {"fields": "event", "reference": {"resource": "events", "fields": "id"}}
            ],
            "annals:figures": [{"name": "value", "low": "low", "best": "best", "high": "high"}]
          }
        }
      ]
    }

    """
  }

  private var events: String {
    """
    id,date,title
    e1,2031-03-04,A march
    e2,2031-03-05,A clash at the bridge

    """
  }

  /// Two claims about the killed of the clash, and one about its wounded that gives a bound.
  private var figures: String {
    """
    id,event,measure,unit,population,quantity,disjoint,accumulation,low,best,high
    f1,e2,killed,person,,dead-at-the-bridge,,increment,2,2,2
    f2,e2,killed,person,,dead-at-the-bridge,,increment,3,3,3
    f3,e2,wounded,person,,hurt-at-the-bridge,,increment,11,,
    f4,e1,killed,person,,dead-of-the-march,,increment,1,1,1

    """
  }

  private var lowest: String {
    """
    measure  unit    accumulation  toll  claims
    ───────  ──────  ────────────  ────  ──────
    killed   person  increment        3       3
    wounded  person  increment      ≥11       1

    """
  }

  private var tolls: String {
    """
    measure,unit,accumulation,toll_low,toll_best,toll_high,claims
    killed,person,increment,4,4,4,3
    wounded,person,increment,11,,,1

    """
  }

  private var readme: String {
    """
    # \(id)

    Adds up what is claimed of the killed, injured and so on.

    ```sh
    annals run \(id)              # on the dataset at hand
    annals bundle check \(id)     # are there mistakes in it?
    annals bundle test \(id)      # does it still give what it gave?
    annals bundle inspect \(id)   # what it needs and asks for
    annals bundle pack \(id)      # one file to hand on
    ```

    """
  }
}
